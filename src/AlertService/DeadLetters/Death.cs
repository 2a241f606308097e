using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PhoneMasking.AlertService.Audit;
using PhoneMasking.ServiceDefaults.Messaging;
using RabbitMQ.Client;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>What the broker and MassTransit say of a message that nobody could process, and the message as it was.</summary>
internal sealed partial record Death(
    Guid MessageId,
    string Queue,
    string Type,
    string Reason,
    string? Fault,
    string? Details,
    int SentBefore,
    string? ContentType,
    byte[] Body)
{
    /// <summary>The header that counts how often a message was sent again.</summary>
    public const string SentBeforeHeader = "phonemasking-sent-before";

    private const string Unknown = "unknown";
    private const string Expired = "expired";
    private const int LongestWord = 200;
    private const int LongestDetails = 500;

    /// <summary>
    /// A question that waited longer than whoever asked: nobody wants the answer, and whoever asked was told so.
    /// </summary>
    public bool IsUnansweredRequest { get; private init; }

    /// <summary>Reads it; there is nothing that cannot be read.</summary>
    public static Death Of(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body)
    {
        var headers = new DeathHeaders(properties.Headers);
        var envelope = Envelope.Read(body);
        var fault = ShortName(headers["MT-Fault-ExceptionType"]);
        var reason = headers["MT-Reason"] ?? headers["x-first-death-reason"]?.Replace('_', '-') ?? Unknown;
        var queue = LastSegment(headers["MT-Fault-InputAddress"]) ?? headers["x-first-death-queue"] ?? Unknown;
        if (reason.StartsWith(SkippedMessages.ReasonPrefix, StringComparison.Ordinal))
        {
            (reason, queue) = (SkippedMessages.ReasonPrefix.Trim(), reason[SkippedMessages.ReasonPrefix.Length..]);
        }

        return new Death(
            envelope.MessageId ?? IdOf(properties.MessageId, queue, body),
            PlainWords.Of(queue, LongestWord),
            PlainWords.Of(envelope.Type ?? Unknown, LongestWord),
            PlainWords.Of(reason, LongestWord),
            PlainWords.Of(fault, LongestWord),
            PlainWords.Of(DetailsOf(fault, headers["MT-Fault-Message"], headers["MT-Fault-StackTrace"]), LongestDetails),
            int.TryParse(headers[SentBeforeHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var sent) ? sent : 0,
            properties.ContentType,
            body.ToArray())
        {
            IsUnansweredRequest = reason == Expired && envelope.IsRequest,
        };
    }

    /// <summary>Shows which and where, never what it says.</summary>
    public override string ToString() => $"{Type} {MessageId} of {Queue}: {Reason}";

    // Other exceptions' words may repeat what they could not read or store.
    private static string? DetailsOf(string? fault, string? message, string? stackTrace)
    {
        var place = stackTrace is null ? null : OwnMethod().Match(stackTrace) is { Success: true } found ? found.Groups[1].Value : null;
        var words = fault == nameof(UnrecoverableMessageException) ? message : null;
        return place is null && words is null ? null : string.Join(": ", new[] { place, words }.OfType<string>());
    }

    // Without an id the same bytes in the same queue are the same message: a second delivery must not be a second letter.
    private static Guid IdOf(string? property, string queue, ReadOnlySpan<byte> body) =>
        Guid.TryParse(property, out var id)
            ? id
            : new Guid(SHA256.HashData([.. Encoding.UTF8.GetBytes(queue), .. body]).AsSpan(0, 16));

    private static string? LastSegment(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Uri.UnescapeDataString(uri.Segments[^1]) : null;

    private static string? ShortName(string? type) => type?.Split('.', '+')[^1];

    [GeneratedRegex(@"PhoneMasking\.(?!ServiceDefaults\.)([\w.<>+`]+)")]
    private static partial Regex OwnMethod();
}
