using System.Text.Json.Serialization;

using PhoneMasking.Twilio.Transport;

namespace PhoneMasking.Twilio.Messages;

/// <summary>
/// A message as Twilio describes it. Holds personal data; <see cref="ToString"/> shows id and status only.
/// </summary>
public sealed record TwilioMessage
{
    /// <summary>The message's id, <c>SM</c> or <c>MM</c> and 32 hexadecimal digits.</summary>
    public required string Sid { get; init; }

    /// <summary>How far it has come: <c>queued</c>, <c>sent</c>, <c>delivered</c> … New words may appear.</summary>
    public string? Status { get; init; }

    /// <summary><c>inbound</c>, <c>outbound-api</c>, <c>outbound-call</c> or <c>outbound-reply</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>The recipient.</summary>
    public string? To { get; init; }

    /// <summary>The sender; absent while a messaging service has not chosen one.</summary>
    public string? From { get; init; }

    /// <summary>The text.</summary>
    public string? Body { get; init; }

    /// <summary>The account that it belongs to.</summary>
    public string? AccountSid { get; init; }

    /// <summary>The messaging service that it was sent through, if any.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>How many segments are billed, a decimal number as text.</summary>
    public string? NumSegments { get; init; }

    /// <summary>How many media it has, a decimal number as text.</summary>
    public string? NumMedia { get; init; }

    /// <summary>Why it failed, if it did.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>When Twilio took it.</summary>
    [JsonConverter(typeof(Rfc2822DateConverter))]
    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>When it went out; absent while it is queued.</summary>
    [JsonConverter(typeof(Rfc2822DateConverter))]
    public DateTimeOffset? DateSent { get; init; }

    /// <summary>When it last changed.</summary>
    [JsonConverter(typeof(Rfc2822DateConverter))]
    public DateTimeOffset? DateUpdated { get; init; }

    /// <summary>Returns id and status.</summary>
    public override string ToString() => $"TwilioMessage {Sid} {Status}";
}
