"""What binds the rooms together: settings, addresses, base templates and design tokens. Not an app."""
