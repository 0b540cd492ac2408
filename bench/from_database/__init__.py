"""The same entry page as a usual Django project would serve it: models, Markdown and a template on every request."""
