"""Scripted persons on real applications: playing them, and recording them with our own observers."""
