"""Contacts and children passed on: wordings by which a number is of referrals, and a share of the contacts."""

from __future__ import annotations

import re

from extract.lexicon.needs import Pattern
from extract.relate.draft import Draft

#: Contacts that led to a referral are told as referrals.
_PASSED_ON = Pattern(
    r"\breferrals?\b.{0,60}<X>\sof\s(?:the|these|those)\scontacts|<X>\sof\s(?:the|these|those|our)\s(?:[\w-]+\s)?contacts(?:(?!\sof\swhich).){0,30}\b(?:referral|referred|passed)\b"
    r"|\bwent\sto\s(?:the\s)?(?:police|social\sservices|councils?|authorities)\b[^.;<]{0,40}<X>\stimes\b"
    r"|<X>\s(?:reports|calls|contacts|cases|concerns)\b[^.;<]{0,40}\b(?:go|goes|went|gone)\s(?:on\s)?from\s(?:the\s)?(?:NSPCC|helpline|charity)\sto\b"
    r"|<X>\s(?:contacts|calls|cases|concerns|reports)\s(?:(?:that\s)?(?:it|they|we)\s)?(?:handed|passed|referred|sent)\s(?:on|over|to)\b"
    r"|\b[Oo]n\s<X>\soccasions\b[^.;<]{0,90}\b(?:brought\sin|called\sin|alerted|told|informed|involved)\b"
    r"|<X>\s(?:such\s|of\sthese\s|of\sthose\s)?(?:contacts|calls|cases|concerns|reports)\s(?:passed|handed|sent|referred)\s(?:on\s)?to\s(?:them|it)\b"
    r"|\b(?:hands|passes|sends|handed|passed)\s(?:on\s)?(?:[a-z]+\s){0,3}<X>\s(?:reports|calls|cases|concerns|contacts)\b[^.;<]{0,40}\bto\s(?:the\s)?(?:social|police|council|local|agencies|authorities)"
    r"|<X>\scontacts,?(?:[^<]|<[GY]>|\(<%>\)|<%>(?=\s?[(,])){0,50}\b(?:had\sto\sbe|were|was)\s(?:referred|passed|handed)\b"
    r"|\bof\swhich\s(?:\w+\s){0,2}<X>.{0,30}\b(?:referrals?|referred|passed)\b"
    r"|\bcontacts\b.{0,20}<X>.{0,20}\bwere\s(?:handed|passed|referred)\b"
    r"|\b(?:passed|sent|handed)\b.{0,12}<X>.{0,60}\bto\s(?:[\w’']+\s){0,2}(?:agencies|authorities|services|workers|police|trusts?|councils?|<G>)"
    r"|<X>(?:\sof\s(?:the\s)?(?:these|those|them|<N>|contacts))?\s(?:had\sto\sbe|have\sbeen|had\sbeen|were|was|went)\s(?:handed|passed|referred|sent|on\sto|to\sthe\s(?:police|council)|to\s(?:the\s)?(?:<G>|[A-Z]\w+\s(?:\w+\s)?Council|police|social))"
    r"|<X>\s[–-]\s(?:[a-z]+\s){0,2}<%>\s[–-]\s(?:were|was)\b[^<>.;]{0,50}\b(?:passed|referred|sent|handed)\b"
    r"|<X>\sof\s(?:them|these|those)\s(?:\w+\s)?(?:led\sto|resulted\sin)\s(?:an?\s)?referrals?\b"
    r"|\b(?:were|was)\stold\sof\s<X>\sof\b"
    r"|<X>(?:\s(?:of\s)?(?:the|these|those|them|such))?(?:,?\s(?:[\w-]+|<G>)){1,9}\s(?:were|was|have\sbeen|had\sbeen)\s(?:sent|passed|handed|referred)\s(?:on|to)\b"
    r"|<X>\sof\s(?:the|these|those)\s(?:[\w-]+\s){0,2}\s?(?:\(<%>\)\s)?(?:ended\sup|finished\sup|landed)\s(?:with|on|at)\b"
    r"|<X>\sof\s(?:them|these|those)\s(?:\w+\s){0,4}handed\b"
    r"|\b(?:passed|handed|sent|passing|handing|sending)\son\s(?:[a-z]+\s){0,2}<X>\s(?:concerns|contacts|calls|cases|reports|of\sthem)\b"
    r"|\b(?:helpline|service|charity|NSPCC|line)\s(?:has\s|had\s)?referred\s(?:[a-z]+\s){0,2}<X>\s(?:concerns|contacts|calls|cases|children|families)\b"
    r"|<X>\s(?:passed|handed|referred|sent)\s(?:on\s)?to\b"
    r"|\b(?:alerted|told|warned|notified)\s(?:them|police|agencies|authorities|councils|social\s\w+|the\s\w+(?:\s\w+)?)\s(?:to|of|about)\s(?:[a-z]+\s){0,2}<X>\s(?:cases|children|families|concerns)\b"
    r"|\(<X>\)\s(?:went|was\spassed|were\spassed|were\sreferred)\s(?:on\s)?to\b"
    r"|<X>\sof\s(?:these|those|the)\s(?:[a-z]+\s)?(?:concerns|contacts|calls|cases)\swent\son\sto\b"
    r"|\b(?:passed|handed|sent|referred)\s(?:[a-z]+\s){0,2}<X>\s(?:of\s(?:these|those|them)\s)?on\b|\bwith\s<X>\s(?:of\s(?:them|these|those)\s)?(?:resulting\sin|leading\sto)\s(?:an?\s)?referrals?\b"
    r"|\bcontacts,\s<X>,\s(?:were|was)\s[^.;<]{0,60}\bto\s(?:alert|refer|pass|tell|call)\b"
    r"|<X>,?\s(?:gave|raised|caused|were|was)\s[^.;<]{0,50}\bthat\s(?:[a-z]+\s){0,3}(?:agencies|agency|authorities|police|councils?|social\s\w+)\s"
    r"(?:had\sto\sbe|were|was)\s(?:told|alerted|informed|contacted|involved|called)"
    r"|<X>(?:\sof\s(?:them|these|those|the\s\w+))?\s(?:were|was)\s[^.;<]{0,30}\benough\s(?:to\s(?:go|be\s(?:passed|referred|sent))|for\s[^.;<]{0,50}\b(?:involved|told|alerted|informed|called\sin|brought\sin|referral))\b"
    r"|<X>\s(?:were|was)\s(?:deemed\s|judged\s|considered\s|thought\s)?so\s[^.;<]{0,40}\b(?:were|was)\s(?:passed|handed|referred|sent)\b"
    r"|<X>(?:[^.;,<]|<[GY%]>){0,60}\b(?:to\sbe|be)\s(?:handed|passed|referred|sent)\b"
    r"|<X>(?:[^.;<]|<[GY]>){0,80}\b(?:for\sthem|for\sus|enough(?:\sfor\s(?:the\s)?(?:NSPCC|charity|helpline|staff|service|it|counsellors))?)\sto\s(?:pass|refer|alert|hand|tell)\b"
    r"|\b[Ii]n\s<X>\scases\b[^.;]{0,60}\b(?:called\s(?:in|out)|alerted|contacted|brought\sin|to\s(?:alert|call|contact|tell))\b"
    r"|^\W*Of\s(?:the\slatter|these|those|them),\s(?:[a-z]+\s){0,2}<X>\s(?:led\sto|resulted\sin|ended\sin)\s(?:an?\s)?referrals?\b",
    re.I,
)
#: A change in what was passed on: "is handing over nearly 50% more such cases", "calls grave enough for … to be told".
_PASSED_ON_CHANGED = Pattern(
    r"<X>\s(?:growth|rise|increase|jump|fall|drop)\sin\s(?:calls|contacts|cases|concerns|reports)\s(?:that\swere\s)?(?:handed|passed|referred|sent)\s(?:on|over|to)\b"
    r"|\b(?:handing|passing|sending)\s(?:on|over)\s(?:[a-z]+\s){0,3}<X>\s(?:more|fewer)\b|\breferring\s(?:[a-z]+\s){0,3}<X>\s(?:more|fewer)\b"
    r"|\b(?:calls|contacts|cases|concerns|reports)\b[^.;<]{0,30}\b(?:serious|grave|worrying|urgent)\senough\s(?:for|to)\b[^.;<]{0,90}"
    r"\b(?:told|referred|passed|involved|alerted|informed|referral)\b[^.;<]{0,40}<X>",
    re.I,
)
#: "20 per cent of the cases it referred to outside agencies": a share of the referrals.
_OF_REFERRED = Pattern(
    r"<X>\sof\s(?:the\s|all\s|its\s|those\s)+(?:cases|contacts|calls|concerns|reports)\s(?:(?:that|which)\s)?(?:it|they|we|the\s\w+)\s"
    r"(?:had\s|has\s|have\s)?(?:referred|passed|handed|sent)\s(?:on|over|to)\b",
    re.I,
)
#: Passing on as something that staff do: the share of it is of the contacts.
_ACT = re.compile(
    r"\b(?:alerted|passed|referred|(?:send|sent|make|made)\san?\sreferral|(?:comes|came|amounts)\sto\s<N>\sreferrals)\b",
    re.I,
)
_LED_TO = re.compile(
    r"\(<X>\)\s(?:of\s(?:them|these|those)\s)?(?:led\sto|resulted\sin|ended\sin)\s(?:an?\s)?referral", re.I
)
#: The share of the contacts that was passed on.
_ITSELF = re.compile(
    r"<X>\s(?:were\s|was\s|being\s|had\sto\sbe\s)?(?:passed|referred|handed|sent)\s(?:on|over|to)\b", re.I
)
#: A child so much in danger that an agency was called.
_CALLED_OUT = Pattern(
    r"<X>\s(?:\w+\s){0,3}that\s(?:an\sambulance|the\spolice|social\s\w+)\b[^.;]{0,40}\bcalled\b"
    r"|\b[Ii]n\s<X>\scases\b[^.;]{0,80}\b(?:called\s(?:in|out)|alerted|contacted|brought\sin)\b"
    r"|\b[Ii]n\s(?:[a-z]+\s){0,3}<X>\scases\b[^.;]{0,80}\b(?:called|rang|phoned|dialled)\s(?:an\sambulance|the\spolice|999|emergency)\b",
    re.I,
)


#: "600 children in Wales got in touch with Childline", "12% of the children contacting Childline".
_GOT_IN_TOUCH = Pattern(
    r"<X>\s(?:of\s(?:the\s)?)?(?:children|young\speople|youngsters|teenagers|girls|boys)\b[^.;<]{0,10}(?:\sin\s<G>)?\s(?:who\s|to\s|had\s|have\s)*"
    r"(?:contact(?:ed|ing)?|get\sin\stouch\swith|got\sin\stouch\swith|getting\sin\stouch\swith|rang|ringing|call(?:ed|ing)|phoned|turned\sto)\s(?:the\s)?"
    r"(?:Child\s?[Ll]ine|service|line|helpline)\b"
)


def got_in_touch(draft: Draft) -> bool:
    """Tell whether a number of children is of those who got in touch with a service."""
    return _GOT_IN_TOUCH.search(draft.masked.text) is not None


def is_passed_on(draft: Draft) -> bool:
    """Tell whether a number is of contacts that were passed on: "835 were referred to the police"."""
    return _PASSED_ON.search(draft.masked.text) is not None


def is_change_in_referrals(draft: Draft) -> bool:
    """Tell whether a change is in what was passed on: "is handing over nearly 50% more such cases"."""
    return _PASSED_ON_CHANGED.search(draft.masked.text) is not None


def is_share_of_referrals(draft: Draft) -> bool:
    """Tell whether a share is of what was passed on: "a fifth of the cases it referred to other agencies"."""
    return _OF_REFERRED.search(draft.masked.text) is not None


def called_help(draft: Draft) -> bool:
    """Tell whether a number is of children so much in danger that an agency was called."""
    return _CALLED_OUT.search(draft.masked.text) is not None


def tells_of_act(draft: Draft) -> bool:
    """Tell whether a sentence tells of passing on as something that staff do."""
    return _ACT.search(draft.masked.text) is not None


def led_to_referral(draft: Draft) -> bool:
    """Tell whether a number in brackets behind a share is of what led to a referral: "two thirds (643) led to …"."""
    return _LED_TO.search(draft.masked.text) is not None


def itself_passed_on(draft: Draft) -> bool:
    """Tell whether a share is said to have been passed on: "74,361 contacts, with 53% passed on"."""
    return _ITSELF.search(draft.masked.text) is not None


def after_passed_on(draft: Draft) -> bool:
    """Tell whether a share is of the contacts that a count of referrals before it came from."""
    return bool(_PASSED_ON.search(draft.masked.text.replace("<X>", "<%>").replace("<N>", "<X>")))
