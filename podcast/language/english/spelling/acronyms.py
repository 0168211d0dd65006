"""Acronyms.

Which are said as words and which letter by letter, and the rule for those that no table has.
"""

from __future__ import annotations

import re

from podcast.language.english.spelling.capitals import pronounceable

# Engines say these as letters as they stand.
PLAIN_LETTERS = frozenset(
    "ABC AI AMD API CEO CES CIA CIO DIY EU IBM IP IRS ISP LA MIT NSA OCR OEM OK OS PR SUV UAE "
    "UCLA UI UK UN URL USA USB USD".split()
)
# Engines say these as words as they stand.
PLAIN_WORDS = frozenset(
    "RAG RAM ROM LAN WAN SIM PIN GIF NIM NASA NATO AIDS ASEAN COVID NVIDIA LORA "
    "POD CAT SOTA FIFA UEFA CLIP ROUGE YOLO JPEG CAD CAM ZIP OPEC "
    "NAFTA SWAT".split()
)
WORDS = frozenset(
    "BERT PIXAR IKEA DEV BLEU GAN DALL RAID "
    "ARM MAX HUD ICE GAP FEMA FERC OSHA FINRA SCOTUS POTUS FLOTUS NASDAQ DARPA IARPA CERN "
    "NIST JAXA ISRO SETI LIGO LIBOR SOFR FICO HIPAA FERPA COPPA BRICS AUKUS WIPO UNESCO "
    "UNICEF UNIFIL NORAD NOAA CRISPR SARS MERS LIDAR RADAR SONAR LASER SCUBA BIOS CMOS NAND "
    "MIDI MIMO WIMAX LEGO ASUS VISA NIKE PUMA FIAT SEAT SAAB TEPCO ARAMCO GLONASS PISA TOEFL "
    "SIGGRAPH USENIX NIMBY YIMBY COBOL FORTRAN BASIC LISP CAPTCHA WYSIWYG SNAP WIC ERISA RICO "
    "CHIPS DACA PAC PACS TARP FOMO YOLO BOGO MOMA UNHAS NICE AMEX COMEX NYMEX DAX CAC EULA "
    "DRAM SRAM LOTUS NEMO STEM STEAM SEAL SEALS DOGE MAGA BIPOC AAPI IPAM ICANN OFCOM OFSTED "
    "SAGE COBRA RAF MASH GOAT ASMR SPAC SPACS REIT REITS FAANG TED CEOS MENA AFRICOM CENTCOM "
    "NAM SAM SAMS HIMARS PATRIOT NERF SLAM VAE KANS GELU RELU ADAM LASSO ROUGE GLUE MATLAB "
    "NUMA SCADA SASE SOAR LAMP MEMS JPEGS GIFS ALEXA TALOS MIRAGE UNRWA PAHO DREAM GOES JUNO "
    "DART ARTEMIS ORION TESS IMAX".split()
) - frozenset("SPAC REIT IMAX VAE ASMR UNHAS IPAM RICO RAF CAC".split()) | frozenset(
    "RICO SPAC".split()
)
LETTERS = frozenset(
    "NYSE ACLU YMCA YWCA OLED AARP LGBT USDA USPS ESPN ESRB IOC IUCN IAEA ICAO IATA OECD EBRD "
    "AOC AOL ASML AXA AIG ING EPO ETA ETF EPA ESA EFF ECB ECG EKG EEG EMI EPFL ETH EVA EV EVs "
    "ESG ESL EOD EDT EST EMEA APAC AMC ATF ATM ATP AUC AUM AGM AFL AFP AKA ALS AMA APA APR "
    "ASL AWS AMG ABS ADA AES UFC UFO UPS USC USPTO USTR USAF USMC UBI UHF UCI UAW UAV UAVs "
    "UAP UMD UPC UPI UTC UV UVA UVB IPO IPOs IPCC IDF IDE IEA IEC IED IEDs ILO IMF INS IOU "
    "IPA IPR IQ IRA IRC IRGC ISA ISBN ISIS ISO ISS ITV IUD IVF ODI OED OLAF OMB ONS OPCW OPM "
    "OSI OTC OTP OCD SAP SAT SEC SEO SPD SQL SSA SUS TSA TPU TNT TVA VAT VOA WHO WMO WWE YTD "
    "YMCAS NIH NBA NHL NFL NFT NFTs NGO NGOs NAACP NAB NDA NEA NEC NEJM NIMH PSI PSG PTA PCR "
    "PET CDC CDU CEE CERT COO CPA CPI CPR CSU CTO CVA DEA DEI DIA DNA DOD DOE DOI DOJ DOT DUI "
    "DVD EIA FAA FAQ FCC FDA FDIC FAO FOIA GAO GDP GOP GUI HIV HOA HSE ICJ ICC ICU IDC JPL "
    "KFC LED LEDs LEO LLC MBA MEP MEPS MLA MPA MRI MSF MTA NPR NRA NTSB NYPD LAPD PBS PLO PMI "
    "PPP PTO QVC RBI RCA RPA SBA SDK SDKs SFO LAX JFK SLA SME SMEs SOE SOP SUSE TFA UCSF UCSD "
    "UCSB USCIS VFX VIP VPN XAI XML EDF ENI EON EQT ERP EUV ASIC".split()
) - frozenset("ASIC CERT LEO FOIA PET EVs UAVs IEDs IPOs LEDs NFTs NGOs SDKs SMEs".split())
_TITLES = frozenset(("MR", "MS", "DR", "ST", "PSI"))
# English words that are written large for stress.
_STRESSED = frozenset(
    "NOT ALL NEW THE AND BUT FOR NOW YOU ARE IS NO SO DO GO ON IN OF TO OR BY AT WE HE MY BE "
    "IF AS UP AN CAN HOW WHY ANY ONE TWO OUR OUT OFF YES GET HAS HAD WAS BIG TOP END BAD LET "
    "SAY SEE TRY USE DOES GOES SAID WAIT DUE HIS HER SHE THEY THEIR THIS THAT THESE THOSE "
    "WERE WILL WOULD SHOULD COULD MUST NEVER ALWAYS EVERY ONLY REALLY FIRST LAST BEST WORST "
    "MORE LESS MOST VERY JUST ALSO BOTH EACH EVEN FREE HERE THERE WHAT WHEN WHERE WHICH WITH "
    "WITHOUT FROM ABOUT OVER UNDER AFTER BEFORE UNTIL READ WRITE STOP START OPEN CLOSE PLEASE "
    "THANK THANKS SORRY HELLO WARNING DANGER ALERT NOTE IMPORTANT URGENT BREAKING LIVE MAIN "
    "SAME ANOTHER OTHER THEN THAN BECAUSE SINCE WHILE AGAIN ENOUGH NOTHING SOMETHING "
    "EVERYTHING ANYTHING HUGE MAJOR GREAT GOOD LOVE HATE HATED LOVED NEED WANT KNOW THINK "
    "FEEL TELL MAKE TAKE GIVE KEEP WORK PLAY LOOK FIND CALL ASK HELP SHOW MOVE TURN RUN WIN "
    "WON LOSE LOST FAIL SELL BUY BUILD EVER ONCE TWICE THREE OLD OWN BOY MEN WOMEN KIDS "
    "PEOPLE TRUE FALSE RIGHT WRONG REAL FAKE HIGH LOW FAST SLOW EASY HARD FULL ITS AGO AIR "
    "ACT ADD AGE BOX CAR CUT DAY DID EAT FAR FEW FUN GOT GUN GUY HIM HIT HOT JOB KEY KID LAW "
    "LAY LEG LIE LOT MAN MAY MET NET NOR ODD OIL PAY PUT RAW RED ROW SAD SAW SET SIT SIX SKY "
    "SON SUN TAX TEN TOO WAR WAY WHO'S WET YET YOUR".split()
) - frozenset("ACT AGE AIR NET SAW SUN SET TEN".split())
_PAIR = re.compile("(?!EA|EE|OO|OU)[AEIOU]{2}")


def say_acronym(word: str, ending: str) -> str:
    """How a word in capitals is given to an engine: `ELIZA` as `Eliza`, `AGI` as `A-G-I`.

    `ending` is the `s` of a plural, or empty.
    """
    if word in LETTERS and word not in PLAIN_LETTERS:
        return _by_letters(word, ending)
    if word in _STRESSED and not ending:
        return word.lower() if len(word) < 4 else word.capitalize()
    if word in PLAIN_WORDS or word in PLAIN_LETTERS:
        return word + ending
    if word in WORDS or _is_word(word):
        return word.capitalize() + ending
    return _by_letters(word, ending)


def spell_letters(word: str) -> str:
    """`GmbH` as `G-M-B-H`."""
    return "-".join(word.upper())


def is_stressed_word(word: str) -> bool:
    """Tell whether a word in capitals is an English word, which engines would say as one.

    `SO`, `NO`.
    """
    return word in _STRESSED


def _is_word(word: str) -> bool:
    if len(word) > 7:
        return True
    return (
        len(word) > 3
        and pronounceable(word)
        and not (len(word) == 4 and bool(_PAIR.search(word)))
    )


def _by_letters(word: str, ending: str) -> str:
    """Letters with hyphens where an engine could take the word for one."""
    tempting = (
        word in _TITLES
        or word[0] in "AEIOU"
        or word[1:2] in tuple("AEIOU")
        or pronounceable(word)
        or pronounceable(word[-3:])
    )
    return spell_letters(word) + ending if tempting and ending != "s" else word + ending
