"""A simulation of the delivery in which a seed decides everything; tests/test_simulation.py plays some hundred seeds.

    python -m tests.simulation 5000        seeds 0 to 4999: what went wrong, and how many seeds a minute
    python -m tests.simulation 1 42        seed 42 alone, with all that happens in it

The house is the real one: alerter, sender, outbox, chats, budget, valve and messenger, on a real Valkey. Simulated are
time (virtual), the ways to Redis and Telegram with what goes wrong on them (processes), and Telegram (telegram), which
counts in strict windows. The event loop's clock jumps to whatever happens next, and an exchange with Valkey takes no
time but what is drawn for its way: so nothing depends on the machine, and a seed is the same story each time.

What must be true (ledger): whoever wanted a headline all along is told it once; what comes twice has a lost answer, a
death or a Redis that failed between being sent and being ticked off; nobody is drawn for what they do not want; no
chat is drawn twice at once; Telegram is never called too often, nor after it asked for silence; newest first; people
are answered; and in the end nothing is owed and nothing is left but keys of docs/redis.md.

It was seen to fail. Of 200 seeds about so many find it when one thing is broken: settled before it is sent 40; no lease
187; a cast's bit taken and the headline forgotten 23; the bit not taken 24; a place free half a second too early 23; a
call under way not counted 2; a chat's window not kept 19; what was delivered not asked for when owing 71; not
remembered 59; the alerter ticking off first 32; wishes not asked for when drawing 11; mail left behind by an
unsubscribe 17; a flood wait not held 3; mail left behind by a move 5; a lost answer taken for delivered 6; a chat with
more to be told not due again 2; oldest first 60; casts left behind 182, tries 35; half the shards not owed 104; answers
that take no place ahead 3. Deliveries forgotten when a chat is gone: 6 of 1,000.

What it has found: a chat that came back was told again what it had been told (6 seeds of 1,000); a group that moved to
a lower shard while a headline was owed shard by shard missed it; a chat that spoke while a message was on its way to it
was drawn a second time (267); answers that booked places ahead in a chain let nobody else through. A message on its way
while its group moves may come twice; the ledger allows for that (`moved`).

Not simulated: the clock of Redis (keys do not expire, entries of a dead consumer are not claimed by another: the next
alerter has its name), Redis losing what it acknowledged, a process that stands still for longer than its lease.
"""
