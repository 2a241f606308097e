using System.Diagnostics;

using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Transport;

namespace PhoneMasking.Twilio.MessagingServices;

/// <summary>Messaging Services over HTTPS.</summary>
internal sealed class MessagingServiceApi(TwilioTransport transport) : IMessagingServiceApi
{
    private const int InThisService = 21710;
    private const int InAnotherService = 21712;
    private const int ServiceFull = 21714;
    private const int NotTextCapable = 21715;

    public async Task<MessagingServiceOutcome> CreateServiceAsync(
        TwilioAccount account,
        MessagingServiceSettings settings,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentException.ThrowIfNullOrWhiteSpace(settings.FriendlyName, nameof(settings));

        var uri = account.Messaging("Services");
        var type = TwilioJson.Default.MessagingService;
        return await transport.PostOnceAsync(
            "creating a messaging service", account, uri, FormOf(settings), type, cancellationToken) switch
        {
            PostResult<MessagingService>.Done(var service) => new MessagingServiceOutcome.Created(service),
            PostResult<MessagingService>.Refused(var error) => new MessagingServiceOutcome.Refused(error),
            PostResult<MessagingService>.RateLimited(var wait, var error) =>
                new MessagingServiceOutcome.RateLimited(wait, error),
            PostResult<MessagingService>.NotSent(var reason) => new MessagingServiceOutcome.NotSent(reason),
            PostResult<MessagingService>.Unknown(var reason) => new MessagingServiceOutcome.Unknown(reason),
            _ => throw new UnreachableException(),
        };
    }

    public Task<MessagingService?> FetchServiceAsync(
        TwilioAccount account,
        string serviceSid,
        CancellationToken cancellationToken)
    {
        var uri = ServiceOf(account, serviceSid);
        var type = TwilioJson.Default.MessagingService;
        return transport.GetAsync("fetching a messaging service", account, uri, type, cancellationToken);
    }

    public async Task<MessagingService> UpdateServiceAsync(
        TwilioAccount account,
        string serviceSid,
        MessagingServiceSettings settings,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);

        const string operation = "updating a messaging service";
        var uri = ServiceOf(account, serviceSid);
        var type = TwilioJson.Default.MessagingService;
        var result = await transport.PostRepeatableAsync(
            operation, account, uri, FormOf(settings), type, cancellationToken);
        return result.OrThrow(operation);
    }

    public IAsyncEnumerable<MessagingService> ListServicesAsync(
        TwilioAccount account,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);

        var first = account.Messaging($"Services?PageSize={MessageQuery.MaxPageSize}");
        return transport.ListAsync<MessagingServicePage, MessagingService>(
            "listing messaging services", account, first, TwilioJson.Default.MessagingServicePage, cancellationToken);
    }

    public async Task<AddNumberOutcome> AddNumberAsync(
        TwilioAccount account,
        string serviceSid,
        string numberSid,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(numberSid);

        const string operation = "adding a number to a messaging service";
        var form = new FormWriter();
        form.Add("PhoneNumberSid", numberSid);
        var uri = ServiceOf(account, serviceSid, "/PhoneNumbers");
        var type = TwilioJson.Default.MessagingServiceNumber;
        return await transport.PostRepeatableAsync(operation, account, uri, form, type, cancellationToken) switch
        {
            PostResult<MessagingServiceNumber>.Done(var number) => new AddNumberOutcome.Added(number),
            PostResult<MessagingServiceNumber>.Refused(var error) => error.Code switch
            {
                InThisService => new AddNumberOutcome.AlreadyThere(),
                InAnotherService => new AddNumberOutcome.InAnotherService(error),
                ServiceFull => new AddNumberOutcome.ServiceFull(error),
                NotTextCapable => new AddNumberOutcome.NotTextCapable(error),
                _ => new AddNumberOutcome.Refused(error),
            },
            _ => throw new UnreachableException(),
        };
    }

    public Task<MessagingServiceNumber?> FetchNumberAsync(
        TwilioAccount account,
        string serviceSid,
        string numberSid,
        CancellationToken cancellationToken)
    {
        var uri = NumberOf(account, serviceSid, numberSid);
        var type = TwilioJson.Default.MessagingServiceNumber;
        return transport.GetAsync(
            "fetching a number of a messaging service", account, uri, type, cancellationToken);
    }

    public IAsyncEnumerable<MessagingServiceNumber> ListNumbersAsync(
        TwilioAccount account,
        string serviceSid,
        CancellationToken cancellationToken)
    {
        var first = ServiceOf(account, serviceSid, $"/PhoneNumbers?PageSize={MessageQuery.MaxPageSize}");
        return transport.ListAsync<MessagingServiceNumberPage, MessagingServiceNumber>(
            "listing the numbers of a messaging service",
            account,
            first,
            TwilioJson.Default.MessagingServiceNumberPage,
            cancellationToken);
    }

    public async Task RemoveNumberAsync(
        TwilioAccount account,
        string serviceSid,
        string numberSid,
        CancellationToken cancellationToken)
    {
        const string operation = "removing a number from a messaging service";
        var uri = NumberOf(account, serviceSid, numberSid);
        if (await transport.DeleteAsync(operation, account, uri, cancellationToken) is { } error)
        {
            throw new TwilioApiException(operation, "", error, null, null);
        }
    }

    private static Uri NumberOf(TwilioAccount account, string serviceSid, string numberSid)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(numberSid);
        return ServiceOf(account, serviceSid, $"/PhoneNumbers/{Uri.EscapeDataString(numberSid)}");
    }

    private static Uri ServiceOf(TwilioAccount account, string serviceSid, string rest = "")
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentException.ThrowIfNullOrWhiteSpace(serviceSid);

        return account.Messaging($"Services/{Uri.EscapeDataString(serviceSid)}{rest}");
    }

    private static FormWriter FormOf(MessagingServiceSettings settings)
    {
        var form = new FormWriter();
        form.Add("FriendlyName", settings.FriendlyName);
        form.Add("InboundRequestUrl", settings.InboundRequestUrl);
        form.Add("FallbackUrl", settings.FallbackUrl);
        form.Add("StatusCallback", settings.StatusCallback);
        form.Add("UseInboundWebhookOnNumber", settings.UseInboundWebhookOnNumber);
        form.Add("StickySender", settings.StickySender);
        form.Add("AreaCodeGeomatch", settings.AreaCodeGeomatch);
        form.Add("SmartEncoding", settings.SmartEncoding);
        form.Add("ValidityPeriod", (int?)settings.ValidityPeriod?.TotalSeconds);
        form.Add("Usecase", settings.Usecase);
        return form;
    }
}
