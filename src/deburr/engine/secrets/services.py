"""Services whose keys have no form of their own: a machine-made value under such a name is taken for a key."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from deburr.engine.secrets import names

_NAMES = """
accuweather adafruit adobe adzuna airbrake airship alchemy alconost algolia alibaba amplitude apiflash apify
apilayer appcues appdynamics appfollow artifactory asana assemblyai atlassian auth0 authress autodesk aylien azure
bamboohr bitbucket bitfinex bitly bitmex blockchain bombbomb braintree brandfetch browserstack bugsnag buildkite
bunnynet calendarific calendly campaignmonitor checkly checkout circleci clarifai clearbit clickup clockify
cloudconvert cloudflare cloudinary cloudsmith codacy codeclimate codecov cohere coinbase coinmarketcap confluence
confluent contentful contentstack convertapi convertkit coveralls crowdin crowdstrike currencylayer customerio
databricks datadog deepai deepgram deepl deviantart dialogflow digitalocean discogs discord disqus documo docusign
doppler dribbble droneci dropbox dynatrace ebay edamam elasticemail etherscan eventbrite exchangerate facebook
fastly figma finage finicity finnhub firebase fixerio flickr flutterwave foursquare freshbooks freshdesk
freshservice fulcrum geocodio geonames gettyimages giphy gitea github gitlab gitter gocardless godaddy grafana
graphhopper gumroad gusto harvest hasura hellosign helpscout hereapi heroku hetzner holidayapi honeybadger honeycomb
hubspot huggingface hunterio imgur infura instagram intercom ipgeolocation ipinfo ipstack jfrog jira jotform
jumpcloud kaggle keenio keycdn kickbox klaviyo kraken kucoin lastfm launchdarkly lever linkedin linode livekit
locationiq logdna loggly logzio mailchimp mailerlite mailgun mailjet mandrill mapbox mapquest marketstack mattermost
maxmind mediastack meraki messagebird mixpanel mollie mongodb moosend nasdaq netlify newrelic newsapi nexmo nylas
oanda okta onelogin onesignal openai opencagedata openrouteservice openuv openweather openweathermap opsgenie
optimizely owlbot pagerduty pastebin paypal paystack pdfshift pexels pinecone pingdom pipedrive pivotaltracker
pixabay plaid planetscale plivo poloniex polygonio postageapp posthog postmark prismic pushbullet pusher pushover
qualaroo quandl quicknode rapid7 rapidapi razorpay rebrandly recaptcha reddit replicate ringcentral roboflow rollbar
salesforce sauce saucelabs scaleway scraperapi scrapingbee screenshotapi segment sematext sendbird sendgrid
sendinblue sendowl sentry serpapi serpstack shodan shopify shutterstock signalwire sinch skyscanner slack smartsheet
smartystreets snipcart snowflake snyk sonar sonarcloud sonarqube splunk spoonacular spotify squarespace stackhawk
statuspage storyblok strava stripe sumologic supabase surveymonkey swaggerhub tableau tatumio teamwork telegram
telnyx textmagic thingspeak ticketmaster tiingo todoist tomtom travis travisci trello tumblr twelvedata twilio
twitch twitter typeform uberduck unsplash uploadcare uptimerobot urlscan userstack vercel vimeo virustotal vonage
vultr wakatime wandb weatherapi weatherbit weatherstack weaviate webflow wepay wistia wolframalpha wrike yelp
youtube zendesk zenrows zerobounce zipcodeapi zoho zoominfo zulip
"""
_PUBLIC = frozenset(
    """id ids url uri domain host hostname name org organization user username email app account site region
    project""".split()
)

WORDS = tuple(sorted(set(_NAMES.split())))


@cache
def before_value() -> Any:
    """A service's name and what may stand between it and a value; compiled when first needed, since it is long."""
    import re2  # `re` would try every word again at every letter

    words = "|".join(WORDS).encode()
    return re2.compile(rb"(?i)[\w.\-]*(?:" + words + rb")[\w.\- ]{0,24}[\"']?\s*[=:(,]{0,2}\s*[\"'`]?$")


def public(name: str) -> bool:
    """Whether the name is that of an identifier, not of a key: `auth0_client_id`, `github_url`."""
    words = names.split(name)
    return (
        not words
        or words[-1] in _PUBLIC
        or any(word in ("commit", "sha", "hash", "digest", "public", "version", "revision") for word in words)
    )


def inside(left: bytes, name: str) -> bool:
    """Whether the name stands in an address or an import, or is only a part of another word: `sqlalchemy`."""
    if b"://" in left.rsplit(None, 1)[-1] or left.lstrip().startswith((b"import ", b"from ")):
        return True
    found = [match.start() for match in re.finditer("|".join(WORDS), name, re.IGNORECASE)]
    return all(at and name[at - 1].islower() and name[at].islower() for at in found)
