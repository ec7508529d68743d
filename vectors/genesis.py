"""The documents that fix a network and its rules: their hashes, and what is refused."""

from lib import jcs, label, publish, sha256
from lib.ed25519 import ed_public
from lib.tron import tron_address

ROOTS = sorted(ed_public(bytes([n]) * 32).hex() for n in (1, 2, 3))
NETWORK_KEY, LOG_KEY = (ed_public(bytes([n]) * 32).hex() for n in (4, 5))
MAINNET = {
    "version": 1,
    "name": "example",
    "origin_ms": 1704067200000,
    "first_slot": 496800,
    "slot_ms": 120000,
    "slots_per_epoch": 720,
    "grace_ms": 5000,
    "leader_window_ms": 5000,
    "leader_epochs": 7,
    "cooldown_slots": 16,
    "min_uptime": 2000,
    "witness_committee": 15,
    "pool_max_nodes": 100,
    "max_body_bytes": 8388608,
    "enrol_pow_bits": 18,
    "root_keys": ROOTS,
    "root_threshold": 2,
    "network_key": NETWORK_KEY,
    "log_key": LOG_KEY,
    "log_origin": "log.example.org/0123456789abcdef",
}
DEMO = {
    **MAINNET,
    "name": "demo",
    "slot_ms": 2000,
    "slots_per_epoch": 15,
    "grace_ms": 400,
    "leader_window_ms": 300,
    "enrol_pow_bits": 8,
    "root_keys": ROOTS[:1],
    "root_threshold": 1,
}
POLICY = {
    "version": 1,
    "from_epoch": 690,
    "credits": {
        "uptime_beacon": 100,
        "validation_signature": 300,
        "storage_availability": 500,
        "relay_unit": 10,
        "relay_unit_bytes": 5242880,
        "relay_units_per_slot": 200,
        "relay_session_min_bytes": 1048576,
    },
    "score": {
        "time": 4000,
        "own": 3000,
        "reputation": 2000,
        "contribution": 1000,
        "valid_from": 5000,
        "own_from": 5000,
    },
    "reputation_lambda": 990000,
    "admission": "approval",
    "epoch_budget_micro": "100000001",
    "max_reward_per_node_micro": "25000000",
    "payout": {
        "mode": "auto",
        "threshold_micro": "10000000",
        "minimum_micro": "1000000",
        "maximum_micro": "10000000000",
        "fee_bp": 100,
        "fee_min_micro": "100000",
        "fee_max_micro": "10000000",
        "oversight_above_micro": "1000000000",
        "hour_cap_micro": "1000000000",
        "day_cap_micro": "10000000000",
        "day_count": 100,
        "owner_day_count": 10,
        "unwitnessed_delay_slots": 30,
    },
    "retention": {"resource_samples_epochs": 90, "segments_epochs": 14},
}
DEMO_POLICY = {
    **POLICY,
    "admission": "demo",
    "max_reward_per_node_micro": "100000001",
    "payout": {**POLICY["payout"], "unwitnessed_delay_slots": 2},
}
STAKED = {
    **POLICY,
    "version": 2,
    "admission": "automatic",
    "minimum_agent_version": "1.2.0",
    "stake": {"token": tron_address(bytes([6]) * 32), "full_stake_micro": "1000000000"},
}

# Each change of one field, by JSON pointer, is refused; the second pointer is where the refusal points to.
REMOVED = "remove this field"
GENESIS_CHANGES = [
    ("/version", 2, "/version"),
    ("/name", "", "/name"),
    ("/name", "caf\u00e9", "/name"),
    ("/name", "x" * 65, "/name"),
    ("/first_slot", -1, "/first_slot"),
    ("/first_slot", 1.5, "/first_slot"),
    ("/origin_ms", "0", "/origin_ms"),
    ("/slot_ms", 0, "/slot_ms"),
    ("/slots_per_epoch", 0, "/slots_per_epoch"),
    ("/grace_ms", 30001, "/grace_ms"),
    ("/grace_ms", 0, "/grace_ms"),
    ("/leader_window_ms", 28751, "/leader_window_ms"),
    ("/min_uptime", 10001, "/min_uptime"),
    ("/pool_max_nodes", 101, "/pool_max_nodes"),
    ("/enrol_pow_bits", 65, "/enrol_pow_bits"),
    ("/root_keys", ROOTS[::-1], "/root_keys"),
    ("/root_keys", [ROOTS[0], ROOTS[0]], "/root_keys"),
    ("/root_keys", [], "/root_threshold"),
    ("/root_keys", ["00" * 32], "/root_keys/0"),
    ("/root_threshold", 4, "/root_threshold"),
    ("/root_threshold", 0, "/root_threshold"),
    ("/network_key", ROOTS[1], "/network_key"),
    ("/log_key", NETWORK_KEY, "/log_key"),
    ("/network_key", NETWORK_KEY.upper(), "/network_key"),
    ("/log_origin", "log.example.org", "/log_origin"),
    ("/grace_ms", REMOVED, "/grace_ms"),
    ("/motto", "hello", "/motto"),
]
POLICY_CHANGES = [
    ("/version", 0, "/version"),
    ("/from_epoch", -1, "/from_epoch"),
    ("/score/time", 4001, "/score"),
    ("/score/valid_from", 10001, "/score/valid_from"),
    ("/admission", "automatic", "/admission"),
    ("/admission", "anyone", "/admission"),
    ("/epoch_budget_micro", "-1", "/epoch_budget_micro"),
    ("/epoch_budget_micro", 100, "/epoch_budget_micro"),
    ("/epoch_budget_micro", "1.0", "/epoch_budget_micro"),
    ("/payout/mode", "automatic", "/payout/mode"),
    ("/payout/minimum_micro", "100000", "/payout/minimum_micro"),
    ("/payout/minimum_micro", "10000001", "/payout/threshold_micro"),
    ("/payout/fee_bp", 10000, "/payout/minimum_micro"),
    ("/payout/maximum_micro", "10000000001", "/payout/maximum_micro"),
    ("/payout/maximum_micro", "999999", "/payout/minimum_micro"),
    ("/payout/fee_max_micro", "99999", "/payout/fee_min_micro"),
    ("/payout/day_count", REMOVED, "/payout/day_count"),
    ("/retention/segments_epochs", 0, "/retention/segments_epochs"),
    ("/credits/uptime_beacon", 0.5, "/credits/uptime_beacon"),
    ("/stake", {"token": "T", "full_stake_micro": "1"}, "/stake/token"),
    ("/reputation_lambda", 1000001, "/reputation_lambda"),
    ("/minimum_agent_version", "", "/minimum_agent_version"),
    ("/bonus", 1, "/bonus"),
]


def refusals(code, changes):
    return [
        {"pointer": pointer, **({} if value is REMOVED else {"value": value}), "code": code, "at": at}
        for pointer, value, at in changes
    ]


def rules(*starts):
    """(from_epoch, sealed_order) of policies, and which of them rules an epoch."""

    def ruling(epoch):
        started = [(start, order) for start, order in starts if start <= epoch]
        return {"epoch": epoch, **({"sealed_order": max(started)[1]} if started else {"code": "policy.none"})}

    return {
        "policies": [{"from_epoch": s, "sealed_order": o} for s, o in starts],
        "in_force": [ruling(e) for e in range(8, 15)],
    }


if __name__ == "__main__":
    publish(
        __file__,
        {
            "networks": [{"genesis": g, "network_id": sha256(label("network"), jcs(g)).hex()} for g in (MAINNET, DEMO)],
            "policies": [
                {"policy": p, "policy_hash": sha256(label("policy"), jcs(p)).hex()}
                for p in (POLICY, DEMO_POLICY, STAKED)
            ],
            "refused_genesis": refusals("genesis.invalid", GENESIS_CHANGES),
            "refused_policies": refusals("policy.invalid", POLICY_CHANGES),
            "in_force": [
                rules((9, 0)),
                rules((9, 0), (11, 5), (13, 7)),
                rules((9, 0), (12, 3), (12, 4)),
                rules((9, 9), (12, 4), (11, 6)),
            ],
        },
    )
