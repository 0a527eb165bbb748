//! EC2: the machines of the account and region that are asked, and their switch.

mod filter;
mod power;

use crate::call::{self, Call, Protocol, REQUEST_ID, Reply};
use crate::company::Instance;
use crate::company::REGIONS;
use crate::dispatch::missing;
use crate::sandbox::State;
use crate::xml::Xml;

use filter::Filters;
pub(crate) use power::Power;
use power::{Change, PowerState};

const NAMESPACE: &str = "http://ec2.amazonaws.com/doc/2016-11-15/";

type Fields = Vec<(String, String)>;

/// Why EC2 says no: status, code, message.
pub(crate) struct Refusal(u16, &'static str, String);

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    let fields = call::form_fields(&String::from_utf8_lossy(&call.body));
    let done = match call.operation.as_str() {
        "DescribeInstances" => describe_instances(state, call, &fields),
        "DescribeRegions" => dry_run(&fields).map(|()| describe_regions(call)),
        "StartInstances" => switch(state, call, &fields, Change::Start),
        "StopInstances" => switch(state, call, &fields, Change::Stop),
        _ => return missing("ec2", call),
    };
    done.unwrap_or_else(|Refusal(status, code, message)| {
        call::error(Protocol::Ec2, status, code, &message)
    })
}

fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

/// With `DryRun` nothing happens, and the answer is the error that says it could have.
fn dry_run(fields: &Fields) -> Result<(), Refusal> {
    if field(fields, "DryRun") == Some("true") {
        let message = "Request would have succeeded, but DryRun flag is set.".to_owned();
        return Err(Refusal(412, "DryRunOperation", message));
    }
    Ok(())
}

/// The machines of the caller's account in the region that was asked, launched by now.
fn visible<'a>(state: &'a State, call: &'a Call) -> impl Iterator<Item = &'a Instance> {
    let today = state.today();
    state.company.instances().iter().filter(move |instance| {
        instance.account == call.identity.account
            && instance.region == call.region
            && state.company.launched_on(instance) <= today
            && state
                .company
                .gone_on(instance)
                .is_none_or(|gone| today < gone)
    })
}

/// The machines named by `InstanceId.N`; all visible ones where none is named.
fn named<'a>(
    state: &'a State,
    call: &'a Call,
    fields: &Fields,
) -> Result<Vec<&'a Instance>, Refusal> {
    let wanted: Vec<&str> = fields
        .iter()
        .filter(|(key, _)| key.starts_with("InstanceId."))
        .map(|(_, value)| value.as_str())
        .collect();
    for id in &wanted {
        let digits = id.strip_prefix("i-").unwrap_or_default();
        if !matches!(digits.len(), 8 | 17) || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Refusal(
                400,
                "InvalidInstanceID.Malformed",
                format!("Invalid id: \"{id}\""),
            ));
        }
        if !visible(state, call).any(|instance| instance.id == *id) {
            return Err(Refusal(
                400,
                "InvalidInstanceID.NotFound",
                format!("The instance ID '{id}' does not exist"),
            ));
        }
    }
    Ok(visible(state, call)
        .filter(|instance| wanted.is_empty() || wanted.contains(&instance.id.as_str()))
        .collect())
}

fn describe_instances(state: &State, call: &Call, fields: &Fields) -> Result<Reply, Refusal> {
    let mut found = named(state, call, fields)?;
    let filters = Filters::read(fields)?;
    dry_run(fields)?;
    found.retain(|instance| filters.accept(instance, state.power.of(&instance.id)));
    let from = match field(fields, "NextToken") {
        None => 0,
        Some(token) => token
            .strip_prefix("demo-page-")
            .and_then(|number| number.parse().ok())
            .filter(|from| *from < found.len())
            .ok_or_else(|| Refusal(400, "InvalidNextToken", "The token is not valid.".into()))?,
    };
    let size = match field(fields, "MaxResults").map(str::parse::<usize>) {
        None => 1_000,
        Some(Ok(size)) if (5..=1_000).contains(&size) => size,
        Some(_) => {
            return Err(Refusal(
                400,
                "InvalidParameterValue",
                "MaxResults must be between 5 and 1000.".into(),
            ));
        }
    };
    let to = found.len().min(from + size);
    let page = found.get(from..to).unwrap_or_default();
    Ok(document(call, |xml| {
        xml.element("reservationSet", |xml| {
            for instance in page {
                xml.element("item", |xml| write_reservation(xml, state, instance));
            }
        });
        if to < found.len() {
            xml.text("nextToken", &format!("demo-page-{to}"));
        }
    }))
}

fn write_reservation(xml: &mut Xml, state: &State, instance: &Instance) {
    let power = state.power.of(&instance.id);
    xml.text("reservationId", &instance.id.replacen("i-", "r-", 1))
        .text("ownerId", instance.account);
    xml.element("groupSet", |_| {});
    xml.element("instancesSet", |xml| {
        xml.element("item", |xml| {
            xml.text("instanceId", &instance.id)
                .text("imageId", "ami-0123456789abcdef0");
            xml.element("instanceState", |xml| write_state(xml, power));
            xml.text(
                "privateDnsName",
                &format!(
                    "ip-{}.ec2.internal",
                    instance.private_address.replace('.', "-")
                ),
            );
            xml.text("instanceType", instance.kind);
            xml.text(
                "launchTime",
                &format!("{}T08:00:00.000Z", state.company.launched_on(instance)),
            );
            xml.element("placement", |xml| {
                xml.text("availabilityZone", &instance.zone)
                    .text("tenancy", "default");
            });
            xml.element("monitoring", |xml| {
                xml.text("state", "disabled");
            });
            xml.text("subnetId", "subnet-0123456789abcdef0")
                .text("vpcId", "vpc-0123456789abcdef0");
            xml.text("privateIpAddress", &instance.private_address);
            xml.text("architecture", "x86_64")
                .text("rootDeviceType", "ebs")
                .text("platformDetails", "Linux/UNIX");
            xml.element("tagSet", |xml| {
                for (key, value) in instance.tags.iter() {
                    xml.element("item", |xml| {
                        xml.text("key", key).text("value", value);
                    });
                }
            });
        });
    });
}

fn write_state(xml: &mut Xml, power: PowerState) {
    xml.text("code", power.code()).text("name", power.name());
}

fn describe_regions(call: &Call) -> Reply {
    document(call, |xml| {
        xml.element("regionInfo", |xml| {
            for region in REGIONS {
                xml.element("item", |xml| {
                    xml.text("regionName", region.code)
                        .text(
                            "regionEndpoint",
                            &format!("ec2.{}.amazonaws.com", region.code),
                        )
                        .text("optInStatus", "opt-in-not-required");
                });
            }
        });
    })
}

/// Starts or stops. The answer shows the state before and the transition; the next look shows it done.
fn switch(state: &State, call: &Call, fields: &Fields, change: Change) -> Result<Reply, Refusal> {
    if !fields.iter().any(|(key, _)| key.starts_with("InstanceId.")) {
        return Err(Refusal(
            400,
            "MissingParameter",
            "The request must contain the parameter InstanceId".into(),
        ));
    }
    let instances = named(state, call, fields)?;
    dry_run(fields)?;
    let ids: Vec<&str> = instances
        .iter()
        .map(|instance| instance.id.as_str())
        .collect();
    let changed = state
        .power
        .switch(&ids, change, state.today())
        .map_err(|error| {
            Refusal(
                500,
                "InternalError",
                format!("The sandbox could not keep its state: {error}"),
            )
        })?;
    state.rewrite_bill(state.today());
    Ok(document(call, |xml| {
        xml.element("instancesSet", |xml| {
            for (id, before, after) in changed {
                xml.element("item", |xml| {
                    xml.text("instanceId", &id);
                    xml.element("currentState", |xml| write_state(xml, after));
                    xml.element("previousState", |xml| write_state(xml, before));
                });
            }
        });
    }))
}

fn document(call: &Call, inside: impl FnOnce(&mut Xml)) -> Reply {
    let body = Xml::document(&format!("{}Response", call.operation), NAMESPACE, |xml| {
        xml.text("requestId", REQUEST_ID);
        inside(xml);
    });
    call::reply(200, "text/xml;charset=UTF-8", body)
}
