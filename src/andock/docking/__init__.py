"""The docking engine: plain frozen values in and out, no Django, no database, no clock."""
