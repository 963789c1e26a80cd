"""Writes the OpenAPI document, without a service or its settings: `python -m server.openapi`."""

import json
import sys

from server.application import make_routes

if __name__ == "__main__":
    json.dump(make_routes().openapi(), sys.stdout, indent=1, ensure_ascii=False)
