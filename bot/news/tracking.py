"""Parts of a link that say where a reader came from, not what is read. Owns the list of them.

Here: parameters of mail, advertising, analytics and share buttons, in families.
Not here: what else makes two links one (identity).
"""

from __future__ import annotations

import re

# A family is a prefix: utm_source, utm_medium, and whatever comes next.
_FAMILIES = re.compile(
    r"""
    (?: utm | at_ | mtm_ | pk_ | piwik_ | matomo_ | hsa_ | mc_[cet] | ml_subscriber | oly_ | vero_ | _hs | __hs | hscta
      | fb_ | ga_ | itm_ | otm_ | hmb_ | vn_ | guce | wt[_.] | trk | action_(?:object|type|ref)_map | tracking | amp_
      | ns_(?:source|mchannel|campaign|linkname|fee) | sc_(?:cid|camp|channel) | xt(?:or|ref|cr|mc|atc)$ | cx_test )
    """,
    re.VERBOSE,
)
_NAMES = re.compile(
    r"""
    (?: fb | g | d | y | ys | tw | tt )clid | msclkid | zanpid | rb_clickid                    # who sold the click
    | gclsrc | gbraid | wbraid | li_fat_id | igshi?d? | wickedid | srsltid | epik | dmcid | clickid | usqp | gs_lc?p?
    | mkt_tok | [a-z]?mc | wt_?z?mc | newsletter | nl_id | d_id | akid | sfmc_id | __s                      # mail
    | cmp | cmpi?d | cmpg | campaign(?:_?id)? | icid | ito | ocid | ncid | cvid | smid | smtyp | s_cid | s_kwcid
    | mbid | intc | spm | taid | tduid | wtrid | _g[al] | _openstat | os_ehash | echobox | guccounter | tsrc
    | ref | ref_ | ref_(?:src|url|source|campaign) | referr?er | referral | traffic_source | soc_(?:src|trk)
    | shared | share_?(?:token|id) | smtoken | mibextid | __twitter_impression | __tn__ | sfnsn | rdt | nsukey
    | rss | from_rss | feed_?(?:type|name) | jsessionid | phpsessid
    """,
    re.VERBOSE,
)
# Whatever it is called: it says that the link stood in a feed.
_FROM_A_FEED = frozenset({"rss", "rss2", "rssfeed", "feed", "atom", "feedburner"})


def only_tracks(name: str, value: str) -> bool:
    """Whether a query parameter may be dropped without changing what the link leads to."""
    name = name.lower()
    return bool(_FAMILIES.match(name) or _NAMES.fullmatch(name)) or value.lower() in _FROM_A_FEED
