"""Executes a notebook through Jupyter's own nbclient: execute.py NOTEBOOK OUTPUT [TIMEOUT]."""
import sys

import nbclient
import nbformat

notebook = nbformat.read(sys.argv[1], as_version=4)
timeout = int(sys.argv[3]) if len(sys.argv) > 3 else 60
client = nbclient.NotebookClient(
    notebook, timeout=timeout, kernel_name="scfm", allow_errors=True, interrupt_on_timeout=len(sys.argv) > 3
)
client.execute()
nbformat.validate(notebook)
nbformat.write(notebook, sys.argv[2])
