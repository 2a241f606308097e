using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Faults;

/// <summary>How a REST call, or the delivery of a message, goes wrong.</summary>
public enum FaultMode
{
    /// <summary>Refused with one of Twilio's codes and status 400.</summary>
    E400,

    /// <summary>Refused with status 401 and code 20003, as if the auth token had been rotated or the account suspended.</summary>
    E401,

    /// <summary>Not accepted; answered 500 with code 20500.</summary>
    E500,

    /// <summary>Not accepted; answered 503 with code 20503.</summary>
    E503,

    /// <summary>Not accepted; answered 429 with code 20429 and Retry-After.</summary>
    E429,

    /// <summary>Goes well, but the answer and the acceptance come late.</summary>
    Slow,

    /// <summary>Not accepted, never answered.</summary>
    Hang,

    /// <summary>Not accepted; the connection is cut.</summary>
    Reset,

    /// <summary>Accepted, then answered 500.</summary>
    Accept500,

    /// <summary>Accepted, never answered.</summary>
    AcceptHang,

    /// <summary>Accepted, then the connection is cut.</summary>
    AcceptReset,

    /// <summary>Accepted at once, answered late: status callbacks can arrive before the answer.</summary>
    AcceptSlow,

    /// <summary>Sent, but never delivered: status undelivered.</summary>
    Undelivered,

    /// <summary>Not even sent: status failed.</summary>
    Failed,
}

/// <summary>What a fault is matched with: one REST call or one message.</summary>
internal sealed record FaultSubject(RestOperation Operation, string? To, string? From, string? Body);

/// <summary>How a message is to end.</summary>
internal sealed record DeliveryFault(MessageStatus Status, int ErrorCode);

/// <summary>A switch that makes calls or deliveries go wrong, until it has struck often enough or is cleared.</summary>
internal sealed class Fault(Guid id, FaultRequest request)
{
    private readonly Random _dice = request.Seed is { } seed ? new(seed) : Random.Shared;
    private readonly Lock _gate = new();
    private int _hits;

    public Guid Id { get; } = id;

    public FaultMode Mode { get; } = request.Mode;

    public FaultRequest Request { get; } = request;

    /// <summary>How often it has struck.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Whether it is about deliveries and not about calls.</summary>
    public bool IsAboutDelivery => Mode is FaultMode.Undelivered or FaultMode.Failed;

    /// <summary>Whether it strikes this time. Counts when it does.</summary>
    public bool Strikes(FaultSubject subject)
    {
        if ((!IsAboutDelivery && subject.Operation != (Request.Operation ?? RestOperation.Send))
            || (Request.To is { } to && subject.To != to)
            || (Request.From is { } from && subject.From != from)
            || (Request.Contains is { } text && subject.Body?.Contains(text, StringComparison.Ordinal) != true))
        {
            return false;
        }

        lock (_gate)
        {
            if (_hits >= (Request.Calls ?? int.MaxValue)
                || (Request.Probability is { } probability && _dice.NextDouble() >= probability))
            {
                return false;
            }

            _hits++;
            return true;
        }
    }
}
