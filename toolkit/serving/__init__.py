"""Serving: two processes behind sockets that outlive them, and what one request may cost.

supervisor.py starts readers and staff and keeps them alive; worker.py is each of them (granian, RSGI); bodies.py reads
what a client sends, within limits; behind.py runs Django in a pool of threads with a queue that ends.
"""
