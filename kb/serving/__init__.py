"""From a publication to answers: the node's file, the pages in it, the thread that keeps it, what is sent."""
