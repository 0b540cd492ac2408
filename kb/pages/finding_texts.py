"""What the key and endpoint check says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SECRET = {"key-in-url", "userinfo", "url-long"}  # an address with one of these is not sent back

NOTES = {
    "text-before",
    "hash",
    "trailing-slash",
    "has-v1",
    "no-v1",
    "key-short",
}  # worth knowing; the others must be mended

FINDINGS = {
    "key-in-url": _("There is a key where the address belongs. Take it out; if it was sent, revoke it."),
    "no-host": _("There is no host name in it. An address looks like https://host or https://host/path."),
    "not-official": _("The name sounds official, but this is not a host of Anthropic, OpenAI or OpenRouter."),
    "userinfo": _("There is a user name or password before an @. Clients ignore it or leak it; take it out."),
    "http": _("http:// sends the key in the clear. Use https://, and send no key where there is none."),
    "doubled-v1": _("/v1 stands in it twice: requests get a 404."),
    "call-pasted": _("It ends in the path of a call, such as /v1/messages or /chat/completions. Clients add it."),
    "website-path": _("This is the path of a web console, not of an API. Copy the API address from its docs."),
    "platform-path": _("The path is not the one that this platform has. The lines below have it right."),
    "odd-path": _("The path has characters that do not belong into an address."),
    "double-slash": _("There are two slashes in a row in the path."),
    "bad-scheme": _("The beginning is not written https://."),
    "no-scheme": _("https:// is missing; most clients refuse it or report an invalid URL."),
    "full-width": _("There are full-width characters in it (：／．), from a Chinese input method."),
    "spaces": _("There are spaces or line breaks in it."),
    "invisible": _("There are invisible characters in it, from copying."),
    "quotes": _("There are quotes, commas or brackets around it."),
    "text-before": _("The name of a setting stands before it; only the address was read."),
    "query": _("There is a question mark with parameters in it; a base URL has none."),
    "hash": _("It ends in #. Only Cherry Studio desktop knows that: use it as typed."),
    "trailing-slash": _("A slash at the end: harmless in most clients; Cherry Studio mobile then adds no /v1."),
    "has-v1": _("It ends in /v1: right for OpenAI-compatible clients; Anthropic's SDKs and Claude Code add it."),
    "no-v1": _("It has no /v1: right for Anthropic's SDKs and Claude Code. OpenAI-compatible clients need it."),
    "key-long": _("That is more than the first 12 characters of a key. It was not read. Give no more than 12."),
    "key-dirty": _("The key has spaces, quotes, invisible or full-width characters around or in it."),
    "key-bearer": _("The key begins with “Bearer”. Clients add that; leave it out of the key field."),
    "key-placeholder": _("This is the placeholder of an example, or a masked key, not the beginning of a key."),
    "key-short": _("That is too little of the key to tell whose it is."),
    "url-long": _("The address is too long to be one. It was not read."),
    "too-large": _("That was more than an address and the beginning of a key. It was not read."),
}

VERDICTS = {
    "belongs": ("good", _("Key and address belong together.")),
    "likely": ("good", _("They can belong together, if whoever runs this host issued the key. Its console says so.")),
    "unsure": ("aside", _("The beginning of the key does not settle it. Compare with the console where it was made.")),
    "mismatch": ("warn", _("They do not belong together: this host did not issue this key. Do not send it there.")),
    "wrong-host": ("warn", _("This address is not an API for Claude.")),
}
