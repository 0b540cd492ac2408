"""The service under load: against a bare Django view, against pages from the database, on two nodes, for minutes."""
