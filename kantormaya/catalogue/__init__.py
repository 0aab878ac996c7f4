"""Published revisions of services, and the calendar they run on."""
