"""Pure: read, expand, check, import and word a service definition."""
