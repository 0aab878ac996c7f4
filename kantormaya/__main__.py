"""The command `kantor`."""
