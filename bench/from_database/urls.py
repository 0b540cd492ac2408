"""Only the page that is measured."""

from django.urls import path

from bench.from_database.views import entry

urlpatterns = [path("<slug:lang>/errors/<slug:code>/", entry)]
