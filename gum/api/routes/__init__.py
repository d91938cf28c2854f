"""The routes under /v1, one module for each thing they speak of.

Each route names the scope it asks for, `dependencies=[require(Scope.READ)]` (see gum.api.access).
"""
