"""An example for each operation and waiter, whose body the reference shows.

There is a module for each domain and a function for each operation, named as its
method. `ses` is a client; what else a function takes is what an earlier call returned.
The tests run each of them against the fake.
"""
