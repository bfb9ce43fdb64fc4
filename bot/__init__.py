"""headline-bot: watches latest-news boxes and feeds, and tells chats what they asked to hear.

The map of this tree (who may import whom is enforced by tests/test_architecture.py):

    news/       ground floor, pure: what a headline, a topic, a verdict is, and every decision about them
    ports.py    the few doors between floors, as Protocols
    ingest/     edge in: the web client, and bytes -> values (feeds, boxes, sitemaps, articles)
    store/      edge: Redis, and nothing else knows it
    delivery/   edge out: the transport, the valve, values -> messages, Telegram's answer -> verdict
    meaning/    edge: what a text means: dictionaries, and a model that is an extra
    tongues/    edge: the words of each language, from their files
    places/     edge: where a place is, and which clock it has
    ops/        what the operator sees: log, metrics, health
    desk/       what a person may ask for, one file for each kind of wish
    handlers/   what people type
    workers/    what runs
    devchat/    a small Telegram, for trying the bot and for tests; knows nothing of us
    samples/    a small newsroom, for the first minute without a network
    settings.py environment -> Settings        options.py, entries.py  the shapes of config/*.toml
    spelling.py how its addresses and secrets are written
    tomlfiles.py a file of config/ in its shape, or what is wrong      tomlplaces.py in which line
    opening.py  Redis, opened                                          doors.py   what the operator's server asks
    app.py      composition root: settings and stores -> a built house  crew.py    who works in it
    local.py    what runs beside it without a token                    running.py from ready to stopped
    reloading.py sources.toml and topics.toml, read again while it runs
    cli.py      the command line               verbs/       one file for each of the operator's verbs
"""

__version__ = "0.2.0"
