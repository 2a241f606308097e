using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Notices;
using PhoneMasking.ProxyGateway.OptOuts;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>
/// The routing table (docs/architecture.md): decides by (To, From) where a text goes. Pure: it reads the directory and the
/// book, and writes to the plan.
/// </summary>
internal sealed class TextRouter(
    RoutingDirectory directory,
    SessionBook book,
    RoutingPlan plan,
    NoticeOptions notices,
    TimeSpan timeToLive,
    DateTimeOffset now)
{
    private const string UnknownNumber = "unknown-number";
    private const string UnknownSitter = "unknown-sitter";
    private const string StandbyNumber = "standby-number";
    private readonly SessionOpening _opening = new(book, plan, timeToLive, now);

    public void Route(WaitingText text)
    {
        var number = directory.Number(text);
        var organisation = number?.OrganisationId ?? OrganisationId.Default;
        if (number is null)
        {
            plan.AwaitNews(text, organisation, UnknownNumber, now);
        }
        else if (text.Sender is null)
        {
            plan.NotRelayed(text, organisation, "unusable-sender", now, number.Id, number.SitterId);
        }
        else if (OptOutWords.Read(text.Body, text.OptOutType) is { } optOut)
        {
            RecordOptOut(text, number, optOut);
        }
        else if (text.IsEmpty)
        {
            plan.NotRelayed(text, organisation, "no-content", now, number.Id, number.SitterId);
        }
        else if (directory.SittingSender(text, organisation) is { } sitter && book.OpenOn(sitter.Id, number.Number) is { } open)
        {
            // Whatever the number has become since: the thread on the sitter's phone is this client as long as it is open.
            RelayToClient(text, number, open, sitter);
        }
        else if (IsSitterThread(number.Lifecycle))
        {
            RouteFromPool(text, number);
        }
        else if (number.Lifecycle == NumberLifecycle.ReservedActive)
        {
            RouteFromReserved(text, number);
        }
        else
        {
            plan.AwaitNews(text, organisation, StandbyNumber, now, number.Id);
        }
    }

    /// <summary>
    /// Whether sitters may have threads on such a number that stand for clients: it is in the pool, or was until a client got
    /// it alone.
    /// </summary>
    public static bool IsSitterThread(NumberLifecycle lifecycle) =>
        lifecycle is NumberLifecycle.Pool or NumberLifecycle.Dedicated;

    private void RecordOptOut(WaitingText text, KnownNumber number, bool optedOut)
    {
        var sender = text.Sender!;
        var sitter = directory.SittingSender(text, number.OrganisationId);
        var client = directory.ClientSender(text, number.OrganisationId);
        plan.OptOuts.Add(new(number.Number, sender, number.OrganisationId, optedOut, text.ReceivedAt));
        plan.NotRelayed(text, number.OrganisationId, "opt-out-word", now, number.Id, number.SitterId);
        plan.Events.Add(OutboxMessage.Of(
            new OptOutChanged(
                number.OrganisationId,
                text.Id,
                sitter?.Id ?? number.SitterId,
                client?.Id,
                optedOut,
                now),
            now));

        var notice = optedOut ? notices.OtherSideOptedOut : notices.OtherSideOptedIn;
        if (number.Lifecycle == NumberLifecycle.Pool)
        {
            if (sitter is not null && book.OpenOn(sitter.Id, number.Number) is { } thread && WhyUnreachable(thread, sitter) is null)
            {
                plan.TellOtherSide(text, thread, toSitter: false, notice, now);
            }
        }
        else if (client is not null
            && number.SitterId is { } reservedFor
            && book.OpenOf(reservedFor, client.Id) is { } session
            && session.ClientNumber == sender)
        {
            // From another phone of the client it changes nothing for the sitter, whose texts go to the one used last.
            plan.TellOtherSide(text, session, toSitter: true, notice, now);
        }
    }

    private void RouteFromReserved(WaitingText text, KnownNumber number)
    {
        if (directory.Sitter(number.SitterId) is not { } sitter)
        {
            plan.AwaitNews(text, number.OrganisationId, UnknownSitter, now, number.Id);
            return;
        }

        // It was nobody's when the text came: who got it since is not whom the author meant.
        var cameBefore = text.Reason == StandbyNumber && text.ReceivedAt < number.ChangedAt;
        if (!sitter.Active || cameBefore)
        {
            plan.NotRelayed(text, number.OrganisationId, StandbyNumber, now, number.Id);
            return;
        }

        if (sitter.RealNumber == text.Sender)
        {
            plan.NotRelayed(text, number.OrganisationId, "own-reserved-number", now, number.Id, sitter.Id);
            plan.Notify(text, number.OrganisationId, notices.OwnReservedNumber, now, sitter.Id);
            return;
        }

        var client = directory.ClientSender(text, number.OrganisationId)
            ?? throw new InvalidOperationException($"Text {text.Id} has a sender without even a provisional client.");
        if (_opening.For(sitter.OrganisationId, sitter.Id, client.Id, text.Sender!, number.Number) is not { } session)
        {
            plan.Hold(text, number.OrganisationId, sitter.Id, client.Id, now);
            return;
        }

        session.ClientNumber = text.Sender!;
        session.ReservedNumber = number.Number;
        Touch(session);
        plan.Relay(text, session, MessageDirection.ClientToSitter, Label.Prefixed(client.Name, text.Body), now);
    }

    private void RouteFromPool(WaitingText text, KnownNumber number)
    {
        if (directory.SittingSender(text, number.OrganisationId) is not { } sitter)
        {
            var reason = number.Lifecycle == NumberLifecycle.Pool ? "stranger-on-pool-number" : "dedicated-number";
            plan.AwaitNews(text, number.OrganisationId, reason, now, number.Id);
            return;
        }

        switch (book.FormerOn(sitter.Id, number.Number))
        {
            case [var former] when book.OpenOf(sitter.Id, former.ClientId) is { } elsewhere:
                RelayToClient(text, number, elsewhere, sitter);
                break;
            case [var former] when book.IsFree(sitter.Id, number.Number):
                RelayToClient(text, number, former, sitter);
                break;
            case []:
            case [_]:
                Explain(text, number, sitter, "no-session", notices.NoSession);
                break;
            default:
                Explain(text, number, sitter, "ambiguous-session", notices.AmbiguousThread);
                break;
        }
    }

    private void RelayToClient(WaitingText text, KnownNumber number, Session session, KnownSitter sitter)
    {
        if (WhyUnreachable(session, sitter) is { } reason)
        {
            Explain(text, number, sitter, reason, notices.NoSession);
            return;
        }

        if (!session.Open)
        {
            _opening.Reopen(session);
        }

        Touch(session);
        plan.Relay(text, session, MessageDirection.SitterToClient, [.. Label.Split(text.Body, Label.MaxLength)], now);
    }

    /// <summary>Has a session use the addresses that both sides have today.</summary>
    /// <returns>Why it cannot: nothing may go to a phone or leave from a number that is somebody else's now. None when it can.</returns>
    private string? WhyUnreachable(Session session, KnownSitter sitter)
    {
        if (book.Addresses.SenderOf(session, sitter.ReservedNumber) is not { } reserved)
        {
            return "sitter-has-no-number";
        }

        if (book.Addresses.PhoneOf(session) is not { } phone)
        {
            return "client-has-no-phone";
        }

        session.ReservedNumber = reserved;
        session.ClientNumber = phone;
        return null;
    }

    private void Explain(WaitingText text, KnownNumber number, KnownSitter sitter, string reason, string notice)
    {
        plan.NotRelayed(text, number.OrganisationId, reason, now, number.Id, sitter.Id);
        plan.Notify(text, number.OrganisationId, notice, now, sitter.Id);
    }

    private void Touch(Session session)
    {
        session.Touch(now, timeToLive);
        plan.Save(session);
    }
}
