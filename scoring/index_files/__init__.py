"""Index specs and tables from files, and results back to files (docs/index-format.md).

``specs.read_spec`` and ``tables.read_table`` turn files into the plain dataclasses of
``scoring.index.recipe`` or into problems that name file, line and code; ``results`` writes.
"""
