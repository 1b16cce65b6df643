"""Services whose keys have no form of their own: a machine-made value under such a name is taken for a key."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from deburr.engine.secrets import names

_NAMES = """
abstractapi abuseipdb abyssale accuranker accuweather activecampaign activecollab adafruit addevent addressy adobe
adzuna aftership ahrefs airbrake aircall airnow airship airvisual alchemy alconost aletheia algolia alibaba
alienvault alpaca alphavantage amadeus ambee amplitude anodot apacta api2cart apideck apiflash apifonica apify
apilayer apimatic apitemplate appbase appcircle appcues appdynamics appfollow appointedd aqicn artifactory asana
asknicely assemblyai astronomyapi atera atlassian auth0 authress autodesk autoklose avaza aviationstack aylien azure
bamboohr bannerbear baremetrics baseapi basecamp baseten bazaarvoice beebole beehiiv besnappy besttime betterstack
betteruptime bigmodel billomat bingmaps bitbucket bitcoinaverage bitfinex bitly bitmex bitskins bitstamp bittrex
blablabus blitapp blizzard blockchain blockcypher blockfrost blocknative boldsign bombbomb boostnote borgbase
braintree brandfetch bravesearch breezometer brightdata browserstack browshot buddyns bufferapp bugherd bugsnag
buildkite bulbul bulksms bunnycdn bunnynet buttercms bybit byteplus caflou calendarific calendly calorieninja
campaignmonitor campayn cannyio capsulecrm captaindata carboninterface cashboard caspio censys centralstationcrm
cexio chartmogul chatfuel checio checkly checkmarx checkout checkvist chronosphere cicero circleci clarifai
clarisights clearbit clickhelp clicksend clickup cliengo clientary clinchpad clockify clockworksms closecrm
cloudconvert cloudelements cloudflare cloudimage cloudinary cloudmersive cloudplan cloudsmith cloudways cloverly
clustdoc cockroachdb codacy codeclimate codecov codemagic codequiry cohere coinapi coinbase coincap coingecko
coinlayer coinlib coinmarketcap coinranking commercejs companyhub confluence confluent contentful contentstack
conversiontools convertapi convertkit coresignal countrylayer coveralls crazyegg cronitor cronofy crowdin
crowdstrike cryptocompare currencycloud currencyfreaks currencylayer currencyscoop currents customerguru customerio
d7network dailyco dandelion darksky dashscope databox databricks datadog dataforseo datagov debounce deepai deepgram
deepinfra deepl deeppavlov deepset delighted demio detectify detectlanguage deviantart dfuse dialogflow diffbot
diggernaut digitalocean digitalriver discogs discord disqus dnscheck dnsimple docparser docraptor documo docupilot
docusign doppler dovico dribbble dronahq droneci dropbox dwolla dynalist dynatrace dyspatch eagleeyenetworks
easyinsight easyship ebay ecostruxure edamam edenai eightxeight elasticemail elevenlabs emailable emailoctopus
enablex endorlabs enigma enrichlayer etherscan ethplorer eventbrite everhour exchangerate exchangerateapi
exchangerates exportsdk extractorapi facebook facepp fastforex fastly fatsecret feedier fermyon fibery figma fileio
filestack finage finchapi findl finicity finnhub firebase firehydrant fitbit fivetran fixerio fleetio flexport
flickr flightapi flightaware flightlabs flightstats floatapp flowdash flowflu flutterflow flutterwave foodai
formbucket formcraft formio formsite formspree foursquare freeagent freecurrency freshbooks freshdesk freshservice
frontapp fulcrum fullcontact fullstory fxmarket geoapify geocodify geocodio geodb geoipify geonames getaddress
getemail getemails getgeoapi getgist getresponse getsandbox gettyimages giphy gitbook gitea github gitlab gitter
gladia glassnode glitterly gnews gocardless godaddy goodday goshippo govdata grafana graphhopper guardianapi gumroad
gusto gyazo haloscan harvest hashnode hasura hellosign helpcrunch helpscout hereapi heroku hetzner hexomatic heygen
hifinance highergov hightouch hiveage holidayapi honeybadger honeycomb hotjar html2pdf hubspot hubstaff huggingface
humio hunterio hygraph hyperbolic hypertrack iconfinder ideogram iexapi iexcloud image4io imagga imgur imperva
inboxsdk infobip infura insightly instabot instacart instagram instamojo instana instapaper integromat intercom
interzoid investecapi invoiceninja ip2location ipapi ipdata ipgeo ipgeolocation ipify ipinfo ipqualityscore ipstack
ironclad iterable jfrog jira jotform jumio jumpcloud jumpseller jupiterone justworks kaggle kakao kanbanize
kanbantool karmacrm keenio keycdn kickbox kinsta klarna klaviyo knapsackpro kontent koyeb kraken kucoin kylas
lambdalabs landbot languagelayer lastfm launchdarkly leadfeeder leaseweb lemlist lemonsqueezy lendflow leonardo
lessannoyingcrm lever lexigram lightstep linemessaging linenotify linkedin linkpreview linode liveagent livekit
livestorm loadmill locationiq logdna logentries loggly loginradius logrocket logtail logzio lokalise loyverse
lunchmoney madkudu mailboxlayer mailboxvalidator mailchimp mailerlite mailgun mailjet mailmodo mailsac mailtrap
mailvalid mandrill mapbox mapillary mapquest mapzen marketcloud marketstack mattermost mavenlink maxcdn maxmind
meaningcloud mediastack meilisearch memberful memsource meraki mesibo messagebird metaapi metrilo mezmo midise
mindmeister mindsdb minimax mixmax mixpanel mockaroo mollie mongodb monkeylearn moonclerk moonshot moosend moralis
mouseflow mparticle mrticktock mysms nanonets nasdaq nearmap netlify neutrino newrelic newsapi newscatcher newsdata
nexcess nexmo nftport nicereply northflank noticeable novita nozbe numverify nutritionix nutshell nylas oanda
ocrspace octoai okta omdbapi omnisend onedesk oneflow onelogin onepagecrm onesignal oneuptime onfleet oopspam openai
opencage opencagedata opencorporates openrouter openrouteservice opensea opensubtitles openuv openweather
openweathermap opsgenie optidash optimizely oursky overloop owlbot packagecloud pagerduty pagespeed paligo pandadoc
pandascore pantheon paperform paperspace paralleldots parsehub parseur partnerstack passbase pastebin paydirt paymo
paymongo paypal paystack pdfco pdflayer pdfshift pendo pepipost petfinder pexels photoroom pickrr pinecone pingdom
pipedream pipedrive pirsch pivotaltracker pixabay placekit placid plagiarismcheck plaid planetscale planview planyo
platformsh playhq plivo podio policygenius pollsapi poloniex polygonio positionstack postageapp postbacks posthog
postmark poweredbi predibase prerender printful printify prismic prodpad productboard productplan prospectcrm
protocolsio proxycrawl pureport purestake pushbullet pusher pushover qianfan qonto qualaroo qualtrics quandl qubole
questdb quickbase quickmetrics quicknode rapid7 rapidapi rapyd razorpay readwise readypay reallysimplesystems
rebrandly recaptcha recruitee reddit refiner remotelock removebg rentman repairshopr replicate resmush restdb
restpack revampcrm revenuecat rewardful ringcentral ringover ritekit roaring roboflow rocketreach rockset rollbar
route4me rownd rudderstack runpod runrun runwayml saladcloud salescookie salesflare salesforce salesloft salesmate
satismeter sauce saucelabs savvycal scaleway scalingo scalyr scrapeowl scraperapi scraperbox scrapestack scrapfly
scrapin scrapingant scrapingbee scrapingdog screenshotapi screenshotlayer search1 seatgeek securionpay
securitytrails segment selectpdf sematext semrush sendbird sendgrid sendinblue sendowl sentry serpapi serphouse
serpstack serpwow shipday shipengine shippo shipstation shodan shopify shotstack shutterfly shutterstock signalwire
sigopt siliconflow simfin simplesat simplybook simplynoted simvoly sinch siteleaf skrapp skybiometry skyscanner
slack sliderule slideshare smartling smartlook smartsheet smartystreets smsapi smsglobal snipcart snowflake snyk
solarwinds sonar sonarcloud sonarqube soundcloud speechmatics splunk splunkcloud spondyr spoonacular sportradar
sportsmonk spotify spotinst squarespace sslmate stability stabilityai stackhawk stackpath standardnotes starton
statista statuscake statushero statuspage statuspal stitchdata stockdata stormboard stormglass storyblok strava
stripe stripo stytch sugester sumologic supabase superannotate supernotes suprsend surveyanyplace surveybot
surveymonkey surveysparrow survicate swaggerhub syncano synthesia tableau tallyfy tatum tatumio taxdoo taxjar
teamgantt teamwork teamworkcrm technicalanalysis tefter telegram telesign teletype telnyx textlocal textmagic
textrazor thingspeak thinkific tickertick ticketmaster ticktick tiingo timecamp timezoneapi tinybird tmetric todoist
toggl tokeet tomtom torchlight trackingmore tradier transferwise travelpayouts travelperk travis travisci trello
truelayer tumblr twake twelvedata twilio twitch twitter tyntec typeform typetalk uberduck ubidots uclassify uipath
unplugg unsplash upcdatabase uplead uploadcare uploadio upsun uptimerobot upwave urlscan userflow userlike userstack
valtown vastai vatlayer vbout vectara vellum vercel verimail veriphone versioneye viewneo vimeo virtuagym virustotal
visualcrossing vonage voodoosms vouchery voximplant vpnapi vultr wakatime walkscore wandb watchmode waveapps
weatherapi weatherbit weatherstack weaviate web3storage webexpenses webflow webhookrelay weglot wepay whatcms
whatconverts whoisxml whoxy wigle winsms wistia wolframalpha woocommerce wordnik workable workato worksection
workstack worldcoinindex worldnews worldtides worldweather wpengine wrike xendit xsolla yelp yodlee youneedabudget
yousign youtube zapier zapimail zapscale zapsign zendesk zenkit zenrows zenscrape zenserp zeplin zerobounce zerotier
zhipu zipapi zipbooks zipcodeapi zipcodebase zoho zonka zoominfo zulip zuora
"""
_PUBLIC = frozenset(
    """id ids url uri domain host hostname name org organization identifier user username email app account site region
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


def keyed(name: str) -> bool:
    """Whether the name says besides that it is a key's: `fastly_access`, `fastly key`."""
    return any(word in name.lower() for word in ("key", "token", "secret", "private", "access"))


def inside(left: bytes, name: str) -> bool:
    """Whether the name stands in an address or an import, or is only a part of another word: `sqlalchemy`."""
    if b"://" in left.rsplit(None, 1)[-1] or left.lstrip().startswith((b"import ", b"from ")):
        return True
    found = [match.start() for match in re.finditer("|".join(WORDS), name, re.IGNORECASE)]
    return all(at and name[at - 1].islower() and name[at].islower() for at in found)
