"""Sections of a configuration, typed. Made by python/generate.py from the program's own tables; do not edit."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """[run]: what is simulated."""

    start: str
    """First month written. Unit: month. Allowed: a month, 'YYYY-MM'."""
    end: str
    """Last month written. Unit: month. Allowed: a month, 'YYYY-MM'."""
    spin_up: int
    """Months before `start`, under the policy of `start`, not written: the population settles. Unit: months.
    Allowed: 0 to 1200."""
    firms: int
    """Size of the population. Unit: firms. Allowed: 1000 to 2000000."""
    seed: int
    """Every random draw follows from it. Allowed: 0 to 9007199254740992."""
    threads: int
    """0: all cores; no result depends on it. Unit: threads. Allowed: 0 to 1024."""
    closure: str
    """How factor cost answers to output, and whether trade is balanced. Allowed: fixed_wage, labour_supply,
    balanced_trade."""
    reference: str
    """Month against which the change of the claim share is counted; when not set and outside the run, its first
    month. Unit: month. Allowed: a month, 'YYYY-MM'."""
    world: str
    """The balanced world table of the base year. Unit: folder. Allowed: a path."""
    output: str
    """The trajectory, HDF5; when not set, the scenario file's name with .h5. Unit: file. Allowed: a path."""
    structure: bool
    """True: keep how firms are spread (claims by size, tails, links that broke by age); off, these outputs are NaN.
    Allowed: true, false."""


@dataclass(frozen=True)
class Switches:
    """[switches]: decisions that can be turned off."""

    claims: bool
    """False: claims stay as they were at the end of the spin-up. Allowed: true, false."""
    resourcing: bool
    """False: firms only replace suppliers whose contracts end, in the same region. Allowed: true, false."""
    observation: bool
    """False: statistics record every claim. Allowed: true, false."""
    capacity: bool
    """False: no investment, entry or exit. Allowed: true, false."""


@dataclass(frozen=True)
class Parameters:
    """[parameters]: behaviour. Meanings with their sources: docs/parameters.md."""

    candidates: float
    """Candidates (K) that a buyer sees for each supplier link. Unit: suppliers. Allowed: 2 to 64."""
    theta_factor: float
    """Factor on every sector's dispersion of match (theta in configs/data/sector_behaviour.csv). Allowed: 0.2 to 5."""
    review_rate: float
    """Probability that a firm's supply contracts come up for review in a month. Unit: 1/month. Allowed: 0 to 1."""
    break_settled: float
    """Probability that a contract of an old relationship is not renewed at a review. Allowed: 0 to 1."""
    break_young: float
    """Addition to it for a new relationship. Allowed: 0 to 1."""
    break_age: float
    """Age over which that addition falls by the factor e. Unit: months. Allowed: 1 to 240."""
    break_share: float
    """Order over its supplier's capacity at which that probability is halved: customers that are large for a
    supplier are kept longer. Allowed: 0.001 to 100."""
    switching_cost_firm: float
    """Cost of a new supplier in the same region, as a share of the input's cost over the horizon of a contract.
    Allowed: 0 to 1."""
    switching_cost_origin: float
    """Cost of a supplier in a new region, qualification included, as a share of the input's cost. Allowed: 0 to 1."""
    duty_incidence: float
    """Part of its market's duty that counts in a firm's sourcing plan (the rest falls on customers who cannot
    leave). Allowed: 0 to 1."""
    origin_slack: float
    """Margin kept below every ceiling of a rule of origin against suppliers that may lose their status. Unit: share
    of transaction value. Allowed: 0 to 0.2."""
    shortage_aversion: float
    """Weight of undelivered orders in the score of a region's suppliers, in log cost. Allowed: 0 to 10."""
    shortage_review: float
    """A firm whose inputs allow less than this part of its plan reviews its suppliers at once. Allowed: 0 to 1."""
    small_firm_sales: float
    """Sales below which a firm is small for search platforms. Unit: USD a year. Allowed: 0 to 1e+12."""
    markup: float
    """Price over net cost (as the rules of origin define it). Allowed: 1 to 3."""
    cost_pass_through: float
    """Long-run elasticity of a firm's price to its unit cost. Allowed: 0 to 1."""
    price_adjustment: float
    """Part of the gap between target and price closed in a month. Unit: 1/month. Allowed: 0.01 to 1."""
    normal_utilisation: float
    """Capacity utilisation in the base year. Allowed: 0.5 to 0.99."""
    pressure_on_price: float
    """Elasticity of price to utilisation over normal. Allowed: 0 to 2."""
    documentation_median: float
    """Median documentation cost of claiming origin, both sides together. Unit: share of value. Allowed: 0.0001 to
    0.1."""
    documentation_spread: float
    """Standard deviation of its logarithm over firms. Unit: log sd. Allowed: 0 to 3."""
    claim_fixed_cost: float
    """Fixed yearly cost per seller, market and line. Unit: USD a year. Allowed: 0 to 1e+06."""
    claim_setup_cost: float
    """Sunk cost of the first claim of a seller in a market. Unit: USD. Allowed: 0 to 1e+07."""
    claim_horizon_years: float
    """Years over which set-up is spread. Unit: years. Allowed: 0.5 to 20."""
    claim_setup_months: float
    """Mean set-up time of a claim. Unit: months. Allowed: 0 to 24."""
    documentation_sunk: float
    """Part of documentation cost that is sunk once a claim is set up (suppliers' certificates, systems, training).
    Allowed: 0 to 1."""
    attention_base: float
    """Rate at which a firm looks at an unclaimed preference with nothing at stake. Unit: 1/month. Allowed: 0 to 10."""
    attention_stake: float
    """Addition to that rate per unit of duty saved. Unit: 1/month per unit of saving. Allowed: 0 to 1000."""
    audit_probability: float
    """Probability that a claim is verified and denied. Unit: 1/year. Allowed: 0 to 1."""
    audit_penalty: float
    """Penalty on a denied claim, on top of the duty. Unit: share of duty. Allowed: 0 to 10."""
    demand_adjustment: float
    """Part of the gap to the CES split of final demand closed in a month. Unit: 1/month. Allowed: 0 to 1."""
    demand_elasticity_factor: float
    """Factor on every sector's elasticity of final demand over sellers (demand_elasticity in
    configs/data/sector_behaviour.csv). Allowed: 0.2 to 5."""
    expectation_adjustment: float
    """Part of the gap between orders received and the production plan closed in a month. Unit: 1/month. Allowed:
    0.01 to 1."""
    stock_adjustment: float
    """Part of the gap between target and actual input stock ordered in a month. Unit: 1/month. Allowed: 0 to 1."""
    input_substitution: float
    """Part of a missing input that can be made good at once by other means. Allowed: 0 to 1."""
    income_feedback: float
    """Part of a change of regional income that changes final demand. Allowed: 0 to 1."""
    labour_supply_elasticity: float
    """Elasticity of factor supply to factor cost under the closure labour_supply. Allowed: 0.1 to 100."""
    balance_response: float
    """Change of factor cost per unit of the trade balance's change over income, under the closure balanced_trade.
    Allowed: 0 to 20."""
    factor_cost_adjustment: float
    """Part of the gap between target and actual factor cost closed in a month. Unit: 1/month. Allowed: 0 to 1."""
    investment_lag: float
    """Time over which utilisation is averaged before capacity follows. Unit: months. Allowed: 1 to 60."""
    investment_speed: float
    """Growth of capacity per unit of averaged utilisation beyond the band. Unit: 1/month. Allowed: 0 to 1."""
    utilisation_band: float
    """Half width of the band of utilisation in which capacity stays. Allowed: 0 to 0.5."""
    entry_cost: float
    """Excess of a cell's averaged utilisation over normal at which entry pays. Unit: utilisation points. Allowed: 0
    to 1."""
    entry_rate: float
    """Probability that a dormant entrant enters for each multiple of the entry cost reached. Unit: 1/month.
    Allowed: 0 to 1."""
    exit_utilisation: float
    """Averaged utilisation below which a firm may leave. Allowed: 0 to 1."""
    exit_rate: float
    """Probability that such a firm leaves in a month. Unit: 1/month. Allowed: 0 to 1."""
    affiliate_productivity: float
    """Productivity that an affiliate brings from its parent. Allowed: 0.5 to 2."""
    entrant_customers: float
    """Final customers of an entrant, as a share of those of a firm of its size. Allowed: 0 to 1."""
    affiliate_customers: float
    """The same for an affiliate, which brings some of its parent's customers. Allowed: 0 to 1."""
    size_tail: float
    """Pareto exponent of agents' sizes inside a cell; an agent stands for a number of firms. Allowed: 1.01 to 5."""
    firm_tail: float
    """Pareto exponent of the sales of the firms that agents stand for. Allowed: 1.01 to 5."""
    inputs_per_firm: float
    """Inputs that a firm buys; small inputs of a sector are spread over its firms. Unit: inputs. Allowed: 2 to 14."""
    orientation_spread: float
    """Standard deviation over firms of the log odds of buying goods inputs outside the region of preference: some
    producers are regional, some global. Unit: log odds. Allowed: 0 to 6."""
    founding_rounds: float
    """Reviews without switching cost before the spin-up: firms have had decades to suit their bundles to
    preferences. Unit: reviews. Allowed: 0 to 10."""
    dormant_share: float
    """Potential entrants, as a share of firms. Allowed: 0 to 0.5."""
