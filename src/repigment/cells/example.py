"""A filled lot that passes and has a bag left: what `lot new` prints, and what potencies are measured against."""

EXAMPLE = """\
# A lot of stromal cells, from the donor to the points of injection. Everything here is invented.
# `repigment lot check LOT.toml` judges it line by line. What you leave out is told as missing.
# Codes stand for people; names have no place here. Dates are 2024-01-31, moments 2024-01-31T09:30:00.

name = "UC-0147"
source = "cord"           # cord, marrow or fat
state = "shipped"         # released, shipped or given: how far it has come; what lies beyond may be missing

[donor]                   # of a cord, the mother
code = "D-0093"
age = 29                  # years

[donor.consent]
date = 2024-01-08
by = "mother"             # mother (of a cord) or donor (of marrow and fat)
written = true
may_withdraw = true       # she can take it back
paid = false              # nobody was paid for tissue

[donor.eligibility]
rules = "21 CFR 1271"     # or "EU 2006/17", "other"; "EU 2024/1938" for donations from 2027-08-07
screened = true           # history and examination
sampled = 2024-01-15      # blood, no more than 7 days before or after the donation (marrow: 30 before)
sample_of = "mother"
determined = 2024-01-29
eligible = true

[donor.tests]             # negative or positive
hiv = "negative"
hbv = "negative"
hcv = "negative"
syphilis = "negative"
htlv = "negative"
cmv = "negative"
tuberculosis = "negative"
west_nile = "negative"
zika = "negative"

[donation]
code = "C-0147"
of = "D-0093"             # the donor
taken = 2024-01-15
grams = 42.0

[isolation]
date = 2024-01-16
method = "explant"        # explant, enzyme or density gradient

[bank.master]
code = "M-0147"
of = "C-0147"             # the donation
frozen = 2024-02-06
passage = 1

[bank.working]
code = "W-0147-1"
of = "M-0147"             # the master bank
frozen = 2024-02-26
passage = 2

[culture]
passage = 3
doublings = 11.5          # since isolation
harvested = 2024-03-25
primed = false            # with interferon gamma

[freezing]
frozen = 2024-03-25
celsius = -180.0          # the store
dmso = 10.0               # per cent
expires = 2099-03-25      # far ahead, so that a study can use this example whenever it is tried

[quality]
tested = 2024-04-02
viability = 90.0          # per cent, after thawing
endotoxin = 0.1           # EU/mL
sterility = "no growth"   # or "growth"
sterility_method = "USP 71"  # or "automated"
sterility_days = 14
mycoplasma = "negative"
karyotype = "normal"
inhibition = 50.0         # by how many per cent the division of stimulated T cells is held back
released = 2024-04-16

[quality.identity]        # per cent of cells that carry the mark
cd73 = 99.1
cd90 = 99.6
cd105 = 98.2
cd45 = 0.2
cd34 = 0.3
cd14 = 0.1                # or cd11b
cd19 = 0.2                # or cd79a
hla_dr = 0.6              # before any priming
bone = true               # became bone, fat and cartilage in a dish
fat = true
cartilage = true
adherent = true           # holds on plastic

[[bag]]                   # as many as there are; this one was given
code = "UC-0147-B01"
of = "UC-0147"            # this lot
cells = 5e7
ml = 10.0
thawed = 2024-05-06T09:00:00
prepared = 2024-05-06T09:40:00
patient = "P-021"
kg = 64.0                 # weight of the patient
injected = 2024-05-06T11:00:00
points = ["L1-01", "L1-02", "L1-03", "L1-04"]

[bag.shipping]
state = "frozen"          # frozen or cooled
sent = 2024-05-03T14:00:00
arrived = 2024-05-04T10:30:00
coldest = -190.0
warmest = -168.0

[[bag]]                   # this one is still there to be given
code = "UC-0147-B02"
of = "UC-0147"
cells = 5e7
ml = 10.0

[bag.shipping]
state = "frozen"
sent = 2024-05-03T14:00:00
arrived = 2024-05-04T10:30:00
coldest = -190.0
warmest = -168.0

[codes]                   # of the label
sec = "DE00012300000000C0147 E999999900120990325"
isbt128 = []  # kept as you enter them, never looked up
"""
