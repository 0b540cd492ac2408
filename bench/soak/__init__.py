"""Minutes of steady load on two nodes while an editor publishes."""
