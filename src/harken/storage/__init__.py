"""The project file: driver, schema, journal, projections, and every line of SQL."""
