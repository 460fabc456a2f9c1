"""Runs scripts one after the other and prints what became of each, as JSON.

A test runs this with the client, so that all of them share one interpreter.
"""

import json
import os
import runpy
import sys
import traceback

outcomes = {}
for path in sys.argv[1:]:
    name = os.path.basename(path)[:-len('.py')]
    try:
        runpy.run_path(path)
        outcomes[name] = 'ok'
    except:  # noqa: E722: of Java too
        outcomes[name] = traceback.format_exc()
print(json.dumps(outcomes))
