"""Messages to send, once each; one folder per channel."""
