using PhoneMasking.Simulator.Account;
using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Faults;
using PhoneMasking.Simulator.Handsets;
using PhoneMasking.Simulator.MessagingServices;
using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Registration;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Messages;

/// <summary>What a client asks to be sent, as it came in.</summary>
internal sealed record MessageOrder(
    string To,
    string From,
    string Body,
    IReadOnlyList<string> Media,
    string? StatusCallback,
    string? MessagingServiceSid);

/// <summary>Every way that asking to send a message can end.</summary>
internal abstract record AcceptOutcome
{
    private AcceptOutcome()
    {
    }

    /// <summary>It was accepted.</summary>
    /// <param name="Message">The message, whose life goes on by itself.</param>
    /// <param name="State">Its state when it was accepted, which is what Twilio answers however fast it goes on.</param>
    internal sealed record Accepted(Message Message, MessageState State) : AcceptOutcome;

    internal sealed record Refused(TwilioError Error) : AcceptOutcome;
}

/// <summary>Decides which messages are accepted, by Twilio's rules, and hands them to the carrier.</summary>
internal sealed class MessageDesk(
    MessageStore store,
    NumberDirectory numbers,
    MessagingServiceStore services,
    RegistrationBook registrations,
    AccountState account,
    People people,
    OptOuts optOuts,
    Carrier carrier,
    FaultBoard faults,
    Counters counters,
    TimeProvider clock)
{
    private const int LongestBody = 1600;
    private const int MostMedia = 10;

    /// <summary>Accepts a message of the REST API, or says why not.</summary>
    public AcceptOutcome Accept(MessageOrder order)
    {
        order = WithService(order);
        if (Objection(order) is { } error)
        {
            counters.Count(Counted.Refused);
            return new AcceptOutcome.Refused(error);
        }

        counters.Count(Counted.Accepted);
        return Send(order, MessageDirection.OutboundApi);
    }

    /// <summary>
    /// Sends an answer to a handset: from TwiML, or Twilio's own. Dropped when Twilio would refuse it.
    /// </summary>
    /// <param name="order">The answer.</param>
    /// <param name="isOptOutAnswer">Whether it confirms a STOP, which is the one text that still goes out.</param>
    public void Reply(MessageOrder order, bool isOptOutAnswer)
    {
        if (isOptOutAnswer || Objection(order) is null)
        {
            Send(order, MessageDirection.OutboundReply);
        }
    }

    private AcceptOutcome.Accepted Send(MessageOrder order, MessageDirection direction)
    {
        var now = clock.GetUtcNow();
        var sid = TwilioSid.New(order.Media.Count > 0 ? "MM" : "SM", now);
        var message = new Message(sid, direction, order.From, order.To, order.Body, order.Media, now)
        {
            StatusCallback = order.StatusCallback,
            MessagingServiceSid = order.MessagingServiceSid,
        };
        var accepted = new AcceptOutcome.Accepted(message, message.State);
        store.Add(message);
        carrier.Take(
            message,
            faults.MatchDelivery(message.To, message.From, message.Body) ?? registrations.Judge(message));
        return accepted;
    }

    /// <summary>
    /// What the Messaging Service adds: a sender when none is named, and its address for status callbacks.
    /// </summary>
    private MessageOrder WithService(MessageOrder order)
    {
        if (order.MessagingServiceSid is not { } sid || services.Find(sid) is not { } service)
        {
            return order;
        }

        var sender = order.From.Length > 0 ? order.From : services.SenderOf(sid) ?? "";
        return order with { From = sender, StatusCallback = order.StatusCallback ?? service.StatusCallback };
    }

    private TwilioError? Objection(MessageOrder order) => order switch
    {
        { To: "" } => TwilioError.NoRecipient,
        { From: "", MessagingServiceSid: null } => TwilioError.NoSender,
        { From: "" } => TwilioError.EmptyPool,
        { Body: "", Media: [] } => TwilioError.NoBody,
        { Body.Length: > LongestBody } => TwilioError.BodyTooLong,
        { Media.Count: > MostMedia } => TwilioError.TooManyMedia,
        _ when !E164.IsValid(order.To) => TwilioError.InvalidRecipient(order.To),
        _ when !E164.IsValid(order.From) => TwilioError.InvalidSender(order.From),
        _ when order.To == order.From => TwilioError.SameNumber,
        _ when !numbers.Owns(order.From) => TwilioError.NotOurNumber(order.From),
        _ when account.Current.IsTrial && !people.Have(order.To) => TwilioError.UnverifiedRecipient,
        _ when !order.Media.All(IsWebUrl) => TwilioError.InvalidMediaUrl,
        { StatusCallback: { } url } when !IsWebUrl(url) => TwilioError.InvalidCallback(url),
        _ when optOuts.Contains(order.To, order.From) => TwilioError.OptedOut,
        _ => null,
    };

    private static bool IsWebUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https");
}
