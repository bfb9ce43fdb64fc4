"""Places on Earth and the time zones that they are in, offline. An edge: everybody's data, nothing of ours.

Here: a place by its name in any of our languages (gazetteer), a point on the map (mapping), the names of zones and
countries (zones), and how the data are made (gather, whose output is world.txt.gz).
Not here: asking a person (handlers/zone), what a zone's name means (news/chatzones).

The cities are GeoNames' (https://www.geonames.org, CC BY 4.0), the names of zones and countries Unicode CLDR's.
"""
