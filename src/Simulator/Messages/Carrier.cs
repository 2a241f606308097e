using PhoneMasking.Simulator.Account;
using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Faults;
using PhoneMasking.Simulator.Handsets;

namespace PhoneMasking.Simulator.Messages;

/// <summary>Takes accepted messages through their life: queued, sent, then delivered to the handset or not.</summary>
internal sealed class Carrier(
    Timeline timeline,
    AccountState account,
    LifeCycleSettings settings,
    StatusCallbacks callbacks,
    DeliveryLog deliveries,
    PhoneFeed phones,
    Counters counters,
    TimeProvider clock)
{
    /// <summary>Twilio: "Account suspended" after the message was queued.</summary>
    private const int AccountSuspended = 30002;

    /// <summary>Raised for each message that reached its number; handlers must be quick and must not throw.</summary>
    public event Action<Message>? Delivered;

    /// <summary>Starts the life of an accepted message.</summary>
    /// <param name="message">A message in state queued.</param>
    /// <param name="outcome">How it is to end when not well; null for delivered.</param>
    public void Take(Message message, DeliveryFault? outcome)
    {
        var life = settings.Current;
        timeline.Schedule(life.SentAfter, () => Send(message, outcome, life));
    }

    private void Send(Message message, DeliveryFault? outcome, LifeCycle life)
    {
        if (message.State.IsFinal)
        {
            return;
        }

        if (!account.Current.IsActive)
        {
            End(message, MessageStatus.Failed, AccountSuspended, life);
            return;
        }

        if (outcome is { Status: MessageStatus.Failed })
        {
            End(message, MessageStatus.Failed, outcome.ErrorCode, life);
            return;
        }

        var now = clock.GetUtcNow();
        message.State = new(MessageStatus.Sent, now, now, ErrorCode: null);
        callbacks.Report(message, message.State, life);
        var left = life.DeliveredAfter - life.SentAfter;
        timeline.Schedule(
            left > TimeSpan.Zero ? left : TimeSpan.Zero,
            () => End(message, outcome?.Status ?? MessageStatus.Delivered, outcome?.ErrorCode, life));
    }

    private void End(Message message, MessageStatus status, int? errorCode, LifeCycle life)
    {
        var now = clock.GetUtcNow();
        message.State = new(status, now, message.State.Sent, errorCode);
        if (status == MessageStatus.Delivered)
        {
            Deliver(message, now);
        }

        callbacks.Report(message, message.State, life);
    }

    private void Deliver(Message message, DateTimeOffset now)
    {
        counters.Count(Counted.Delivered);
        deliveries.Add(message, now);
        phones.Publish(message);
        Delivered?.Invoke(message);
    }
}
