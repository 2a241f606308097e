using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Numbers;

namespace PhoneMasking.NumberService.Tests.Provisioning.World;

/// <summary>The calls between which an instance may die.</summary>
internal enum Moment
{
    BeforePurchase,
    AfterPurchase,
    BeforeConfiguration,
    AfterConfiguration,
    BeforeRelease,
    AfterRelease,
}

/// <summary>Twilio's client of an instance that stops at a moment, for good: to everybody else it has crashed there.</summary>
internal sealed class HaltingTwilio(ITwilioApi twilio, Moment moment) : ITwilioApi
{
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed once the instance has come to the moment.</summary>
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the instance go on, as one does that was only very slow.</summary>
    public void GoOn() => _goOn.TrySetResult();

    public Task<SendOutcome> CreateMessageAsync(
        TwilioAccount account, SendRequest request, CancellationToken cancellationToken) =>
        twilio.CreateMessageAsync(account, request, cancellationToken);

    public Task<TwilioMessage?> FetchMessageAsync(
        TwilioAccount account, string messageSid, CancellationToken cancellationToken) =>
        twilio.FetchMessageAsync(account, messageSid, cancellationToken);

    public IAsyncEnumerable<TwilioMessage> ListMessagesAsync(
        TwilioAccount account, MessageQuery query, CancellationToken cancellationToken) =>
        twilio.ListMessagesAsync(account, query, cancellationToken);

    public Task<IReadOnlyList<AvailableNumber>> SearchLocalNumbersAsync(
        TwilioAccount account, LocalNumberSearch search, CancellationToken cancellationToken) =>
        twilio.SearchLocalNumbersAsync(account, search, cancellationToken);

    public async Task<PurchaseOutcome> BuyNumberAsync(
        TwilioAccount account, PurchaseRequest request, CancellationToken cancellationToken)
    {
        await HaltAsync(Moment.BeforePurchase);
        var outcome = await twilio.BuyNumberAsync(account, request, cancellationToken);
        await HaltAsync(Moment.AfterPurchase);
        return outcome;
    }

    public Task<IncomingNumber?> FetchNumberAsync(
        TwilioAccount account, string numberSid, CancellationToken cancellationToken) =>
        twilio.FetchNumberAsync(account, numberSid, cancellationToken);

    public IAsyncEnumerable<IncomingNumber> ListNumbersAsync(
        TwilioAccount account, string? phoneNumber, CancellationToken cancellationToken) =>
        twilio.ListNumbersAsync(account, phoneNumber, cancellationToken);

    public async Task<IncomingNumber> UpdateNumberAsync(
        TwilioAccount account, string numberSid, NumberSettings settings, CancellationToken cancellationToken)
    {
        await HaltAsync(Moment.BeforeConfiguration);
        var number = await twilio.UpdateNumberAsync(account, numberSid, settings, cancellationToken);
        await HaltAsync(Moment.AfterConfiguration);
        return number;
    }

    public async Task ReleaseNumberAsync(TwilioAccount account, string numberSid, CancellationToken cancellationToken)
    {
        await HaltAsync(Moment.BeforeRelease);
        await twilio.ReleaseNumberAsync(account, numberSid, cancellationToken);
        await HaltAsync(Moment.AfterRelease);
    }

    private async Task HaltAsync(Moment here)
    {
        if (here == moment)
        {
            Reached.TrySetResult();
            await _goOn.Task;
        }
    }
}
