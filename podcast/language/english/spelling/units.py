"""Units of measure and how they are said, and what a rate may be counted by."""

from __future__ import annotations

import re

# Each short form with its singular and its plural.
UNITS: dict[str, tuple[str, str]] = {}


def _add(table: str, one: str = "{}", many: str = "{}s") -> None:
    """Add units from lines of `short=word`."""
    for item in table.split():
        short, _, word = item.replace("_", " ").partition("=")
        UNITS[short] = (one.format(word), many.format(word))


_add(
    "km=kilometer m=meter cm=centimeter mm=millimeter μm=micrometer um=micrometer nm=nanometer"
)
_add("mi=mile yd=yard nmi=nautical_mile ly=light-year dm=decimeter")
for _short, _word in (
    ("km", "kilometer"),
    ("m", "meter"),
    ("cm", "centimeter"),
    ("mm", "millimeter"),
):
    for _square in (f"{_short}^2", f"{_short}2", f"sq {_short}"):
        UNITS[_square] = (f"square {_word}", f"square {_word}s")
_add(
    "m^3=meter m3=meter cm^3=centimeter cm3=centimeter mm^3=millimeter km^3=kilometer",
    "cubic {}",
    "cubic {}s",
)
_add("sq_mi=mile mi^2=mile sq_yd=yard", "square {}", "square {}s")
_add(
    "kg=kilogram g=gram mg=milligram μg=microgram mcg=microgram ng=nanogram lb=pound lbs=pound "
    "oz=ounce"
)
_add("kt=kiloton Mt=megaton Gt=gigaton")
_add(
    "L=liter l=liter ml=milliliter mL=milliliter dL=deciliter cl=centiliter μL=microliter "
    "hl=hectoliter"
)
_add(
    "gal=gallon qt=quart tbsp=tablespoon tbs=tablespoon tsp=teaspoon bbl=barrel cc=cc "
    "fl_oz=fluid_ounce"
)
_add("ha=hectare ac=acre")
_add(
    "KB=kilobyte kB=kilobyte MB=megabyte GB=gigabyte TB=terabyte PB=petabyte EB=exabyte "
    "ZB=zettabyte"
)
_add("KiB=kibibyte MiB=mebibyte GiB=gibibyte TiB=tebibyte")
_add(
    "bit=bit kbit=kilobit Mbit=megabit Gbit=gigabit Tbit=terabit kb=kilobit Kb=kilobit "
    "Mb=megabit Gb=gigabit"
)
_add("kbps=kilobit Mbps=megabit Gbps=gigabit Tbps=terabit", "{} per second", "{}s per second")
_add("W=watt mW=milliwatt kW=kilowatt MW=megawatt GW=gigawatt TW=terawatt")
_add(
    "Wh=watt kWh=kilowatt MWh=megawatt GWh=gigawatt TWh=terawatt Ah=amp mAh=milliamp",
    "{} hour",
    "{} hours",
)
_add(
    "V=volt kV=kilovolt mV=millivolt mA=milliamp Ω=ohm kΩ=kilohm MΩ=megohm dB=decibel "
    "Nm=newton_meter"
)
_add(
    "N_m=newton_meter N.m=newton_meter kN=kilonewton kJ=kilojoule MJ=megajoule kcal=kilocalorie"
)
_add(
    "cal=calorie Pa=pascal kPa=kilopascal MPa=megapascal GPa=gigapascal hPa=hectopascal "
    "mbar=millibar"
)
_add(
    "eV=electron_volt keV=kiloelectron_volt MeV=megaelectron_volt GeV=gigaelectron_volt "
    "TeV=teraelectron_volt"
)
_add(
    "mol=mole mmol=millimole μmol=micromole mSv=millisievert μSv=microsievert BTU=B-T-U "
    "kn=knot kts=knot"
)
_add(
    "ns=nanosecond μs=microsecond us=microsecond ms=millisecond s=second sec=second secs=second"
)
_add(
    "min=minute mins=minute h=hour hr=hour hrs=hour wk=week wks=week mo=month mos=month "
    "yr=year yrs=year"
)
_add("px=pixel MP=megapixel Mpx=megapixel pts=point pt=point FLOPS=flop TFLOPS=teraflop")
_add("PFLOPS=petaflop EFLOPS=exaflop GFLOPS=gigaflop TFLOPs=teraflop")
_add("pp=percentage_point pps=percentage_point p.p.=percentage_point ppts=percentage_point")
_add("bp=basis_point bps=basis_point")
_add(
    "Gy=gray mGy=milligray Sv=sievert Bq=becquerel kBq=kilobecquerel MBq=megabecquerel "
    "GBq=gigabecquerel Ci=curie mCi=millicurie pCi=picocurie"
)
_add(
    "Da=dalton kDa=kilodalton MDa=megadalton pg=picogram fg=femtogram nL=nanoliter pL=picoliter "
    "nmol=nanomole pmol=picomole IU=international_unit"
)
_add("pc=parsec kpc=kiloparsec Mpc=megaparsec Gpc=gigaparsec AU=astronomical_unit")
_add("kyr=thousand_year Myr=million_year Gyr=billion_year")
_add("fs=femtosecond ps=picosecond lm=lumen atm=atmosphere kA=kiloamp μA=microamp nA=nanoamp")
_add("μT=microtesla mT=millitesla nT=nanotesla μV=microvolt")
_add("Mbp=million_base_pair kbp=thousand_base_pair")
_add("ppm=million ppb=billion ppt=trillion", "part per {}", "parts per {}")
_add("pcs=piece")
_add("Tbsp=tablespoon Tsp=teaspoon")
UNITS |= {
    "nM": ("nanomolar", "nanomolar"),
    "μM": ("micromolar", "micromolar"),
    "mM": ("millimolar", "millimolar"),
    "lx": ("lux", "lux"),
    "dBm": ("decibel milliwatt", "decibel milliwatts"),
    "bhp": ("brake horsepower", "brake horsepower"),
    "dpi": ("dot per inch", "dots per inch"),
    "ft-lb": ("foot-pound", "foot-pounds"),
    "lb-ft": ("pound-foot", "pound-feet"),
    "lbf": ("pound of force", "pounds of force"),
    "ft": ("foot", "feet"),
    "in": ("inch", "inches"),
    "sq ft": ("square foot", "square feet"),
    "ft^2": ("square foot", "square feet"),
    "ft2": ("square foot", "square feet"),
    "sqft": ("square foot", "square feet"),
    "sq in": ("square inch", "square inches"),
    "cu ft": ("cubic foot", "cubic feet"),
    "ft^3": ("cubic foot", "cubic feet"),
    "cu in": ("cubic inch", "cubic inches"),
    "km/h": ("kilometer per hour", "kilometers per hour"),
    "kph": ("kilometer per hour", "kilometers per hour"),
    "kmh": ("kilometer per hour", "kilometers per hour"),
    "mph": ("mile per hour", "miles per hour"),
    "mpg": ("mile per gallon", "miles per gallon"),
    "bpd": ("barrel per day", "barrels per day"),
    "m/s": ("meter per second", "meters per second"),
    "m/s^2": ("meter per second squared", "meters per second squared"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
    "deg C": ("degree Celsius", "degrees Celsius"),
    "deg F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "deg": ("degree", "degrees"),
    "MB/s": ("megabyte per second", "megabytes per second"),
    "GB/s": ("gigabyte per second", "gigabytes per second"),
    "TB/s": ("terabyte per second", "terabytes per second"),
    "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"),
    "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"),
    "THz": ("terahertz", "terahertz"),
    "TOPS": ("trillion operations per second", "trillion operations per second"),
    "fps": ("frame per second", "frames per second"),
    "rpm": ("revolution per minute", "revolutions per minute"),
    "bpm": ("beat per minute", "beats per minute"),
    "hp": ("horsepower", "horsepower"),
    "psi": ("P-S-I", "P-S-I"),
    "PSI": ("P-S-I", "P-S-I"),
    "cc": ("C-C", "C-C"),
    "mmHg": ("millimeter of mercury", "millimeters of mercury"),
    "GbE": ("gigabit Ethernet", "gigabit Ethernet"),
}

# A unit as a pattern; inches need their stop or sign, for `in` is a word.
UNIT = "|".join(
    re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True) if unit != "in"
)

_DOTTED = (
    "in ft yd mi pts oz lb lbs tbsp tbs tsp gal qt pt hr hrs min mins sec secs yr yrs mo mos "
    "wk wks km cm mm kg deg"
).split()
# Units that are often written with a stop, with those that hold one.
DOTTED_UNIT = (
    r"(?:sq|cu)\.?[\s-]?(?:ft|in|mi|yd|m|km)|fl\.?\s?oz|deg\.?\s[CF](?=\.?(?!\w))|"
    + "|".join(_DOTTED)
)

_SAID_WITH_AN_ARTICLE = frozenset("mo yr hr wk".split())
# What a rate may be counted by, in short forms.
PER = {
    **{
        short: one
        for short, (one, _) in UNITS.items()
        if "per" not in one and " point" not in one and short not in _SAID_WITH_AN_ARTICLE
    },
    "d": "day",
    "w": "week",
    "y": "year",
    "t": "ton",
    "T": "ton",
    "k": "thousand",
    "M": "million",
    "kg": "kilogram",
    "in": "inch",
    "in^2": "square inch",
    "sec": "second",
}
PER_WORDS = (
    "gallon barrel ton tonne pound ounce gram kilogram kilo liter litre mile kilometer "
    "kilometre meter metre foot inch acre hectare capita head household game match page "
    "question query request call token image night shift household student pupil patient "
    "employee worker share vote device GPU core node CPU chip cell word character line frame "
    "sample step iteration epoch batch transaction trip ride visit gigabyte terabyte megabyte "
    "kilowatt watt square"
).split()
