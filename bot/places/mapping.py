"""The time zone of a point on the map.

Here: asking the library, which holds the boundaries of all zones.
Not here: places by name (gazetteer).
"""

from __future__ import annotations


def zone_at(latitude: float, longitude: float) -> str:
    """The IANA name of the zone there; at sea one of Etc/GMT, and empty where the numbers are no place on Earth.

    The boundaries take 34 MB and 0.1 s of the processor when they are first asked for.
    """
    import tzfpy

    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return ""
    return str(tzfpy.get_tz(longitude, latitude))
