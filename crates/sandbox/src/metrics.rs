//! CloudWatch, as much of it as counts buckets and SFTP servers: one answer of GetMetricStatistics per day.

use aws_smithy_cbor::data::Type;
use aws_smithy_cbor::{Decoder, Encoder};
use http::HeaderValue;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use crate::call::{self, Call, Reply};
use crate::dispatch::missing;
use crate::logs;
use crate::s3;
use crate::sandbox::State;
use crate::transfer::founding;

const A_DAY: i64 = 86_400;

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    if call.operation != "GetMetricStatistics" {
        return missing("monitoring", call);
    }
    let bad = |message: &str| call::error(call.protocol, 400, "InvalidParameterValue", message);
    let Ok(Value::Object(ask)) = value(&mut Decoder::new(&call.body)) else {
        return bad("The request is not CBOR.");
    };
    let ask = Value::Object(ask);
    if ask["Period"] != A_DAY {
        return bad("The sandbox counts by the day.");
    }
    let day_of = |name: &str| {
        let seconds = ask[name].as_i64()?;
        let moment = Timestamp::from_second(seconds).ok()?;
        Some(moment.to_zoned(TimeZone::UTC).date())
    };
    let (Some(from), Some(until)) = (day_of("StartTime"), day_of("EndTime")) else {
        return bad("StartTime and EndTime are required.");
    };
    let dimension = |name: &str| {
        let mut dimensions = ask["Dimensions"].as_array().into_iter().flatten();
        let found = dimensions.find(|one| one["Name"] == name)?;
        found["Value"].as_str()
    };
    let (namespace, metric) = (ask["Namespace"].as_str(), ask["MetricName"].as_str());
    let mut points = vec![];
    let mut day = from;
    while day < until {
        let counted = match (namespace, metric) {
            (Some("AWS/S3"), Some(metric)) => stored(
                state,
                metric,
                dimension("BucketName"),
                dimension("StorageType"),
                day,
            ),
            (Some("AWS/Transfer"), Some(metric)) => {
                moved(state, call, metric, dimension("ServerId"), day)
            }
            _ => None,
        };
        points.extend(counted.map(|count| (day, count)));
        day = day.saturating_add(1.day());
    }
    shown(metric.unwrap_or_default(), &points, &ask["Statistics"])
}

/// What a bucket holds is counted when the day is over.
fn stored(
    state: &State,
    metric: &str,
    bucket: Option<&str>,
    class: Option<&str>,
    day: Date,
) -> Option<u64> {
    let bucket = bucket?;
    state.buckets.store.bucket(bucket).ok()?;
    if day >= state.today() || day < state.company.first_day() {
        return None;
    }
    let files = state.buckets.files(bucket, state.today());
    let there = files.iter().filter(|(written, _)| *written <= day);
    let (bytes, objects) = there.fold((0, 0), |(bytes, objects), (_, size)| {
        (bytes + size, objects + 1)
    });
    let modelled = state.company.stored(bucket, day);
    match (metric, class?) {
        ("BucketSizeBytes", "StandardStorage") => Some(bytes + modelled),
        ("NumberOfObjects", "AllStorageTypes") => {
            let archives = s3::archives(&state.company, bucket).into_iter();
            let there = archives.filter(|(written, _)| *written <= day);
            Some(objects + there.count() as u64)
        }
        _ => None,
    }
}

/// What went through a server. On a day without a connection there is no count.
fn moved(state: &State, call: &Call, metric: &str, server: Option<&str>, day: Date) -> Option<u64> {
    let servers = state.transfer.0.read();
    let mut ours = servers
        .servers
        .iter()
        .filter(|one| one.account == call.identity.account);
    let server = ours.find(|one| Some(one.id.as_str()) == server)?;
    let mut counts = logs::moved(&state.logs, server, day);
    if server.id == founding::SERVER && day <= state.today() {
        for tenant in state.company.tenants() {
            let (came, went) = state.company.sftp_moved(tenant, day);
            counts.bytes_in += came;
            counts.bytes_out += went;
            counts.files_in += 8;
            counts.files_out += 8;
        }
    }
    let count = match metric {
        "BytesIn" => counts.bytes_in,
        "BytesOut" => counts.bytes_out,
        "FilesIn" => counts.files_in,
        "FilesOut" => counts.files_out,
        _ => return None,
    };
    (count > 0).then_some(count)
}

fn shown(metric: &str, points: &[(Date, u64)], statistics: &Value) -> Reply {
    let mut encoder = Encoder::new(vec![]);
    encoder
        .begin_map()
        .str("Label")
        .str(metric)
        .str("Datapoints");
    encoder.array(points.len());
    for (day, count) in points {
        encoder.begin_map().str("Timestamp");
        let midnight = SignedDuration::from_millis(logs::midnight(*day));
        encoder.timestamp(&aws_smithy_types::DateTime::from_secs(midnight.as_secs()));
        let unit = if metric.starts_with("Bytes") || metric.ends_with("Bytes") {
            "Bytes"
        } else {
            "Count"
        };
        encoder.str("Unit").str(unit);
        for statistic in statistics
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            // CloudWatch counts in floating point; these are whole numbers.
            encoder
                .str(statistic)
                .double(count.to_string().parse().unwrap_or_default());
        }
        encoder.end();
    }
    encoder.end();
    let mut reply = call::reply(200, "application/cbor", encoder.into_writer());
    let protocol = HeaderValue::from_static("rpc-v2-cbor");
    reply.headers_mut().insert("smithy-protocol", protocol);
    reply
}

/// CBOR as JSON has it; moments as seconds.
fn value(decoder: &mut Decoder<'_>) -> Result<Value, aws_smithy_cbor::decode::DeserializeError> {
    Ok(match decoder.datatype()? {
        Type::String | Type::StringIndef => Value::from(decoder.string()?),
        Type::Bool => Value::from(decoder.boolean()?),
        Type::Tag => Value::from(decoder.timestamp()?.secs()),
        Type::Array | Type::ArrayIndef => {
            let mut list = vec![];
            match decoder.list()? {
                Some(count) => {
                    for _ in 0..count {
                        list.push(value(decoder)?);
                    }
                }
                None => {
                    while decoder.datatype()? != Type::Break {
                        list.push(value(decoder)?);
                    }
                    decoder.skip()?;
                }
            }
            Value::Array(list)
        }
        Type::Map | Type::MapIndef => {
            let mut fields = Map::new();
            match decoder.map()? {
                Some(count) => {
                    for _ in 0..count {
                        fields.insert(decoder.string()?, value(decoder)?);
                    }
                }
                None => {
                    while decoder.datatype()? != Type::Break {
                        fields.insert(decoder.string()?, value(decoder)?);
                    }
                    decoder.skip()?;
                }
            }
            Value::Object(fields)
        }
        _ => Value::from(decoder.long()?),
    })
}
