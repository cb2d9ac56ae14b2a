"""Acts of whoever takes part, and of the offices that steer. No act of a citizen stands in the audit trail by person."""
