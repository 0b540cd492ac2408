"""The addresses are those of the service, so that requests are equally long."""

from django.urls import path

from bench.floor.views import lookup, page

urlpatterns = [path("<slug:lang>/errors/<slug:code>/", page), path("api/v1/lookup", lookup)]
