using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Attaching;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Accounts;
using PhoneMasking.Twilio.MessagingServices;

namespace PhoneMasking.NumberService.Setup;

/// <summary>
/// Finds the Messaging Service, or makes it, never two: it is looked for by its name, and that one is being created is
/// written down before Twilio is asked (<see cref="SetupIntent"/>). Call it in a turn (<see cref="SetupTurns"/>).
/// </summary>
internal sealed class MessagingServiceSetup(
    IMessagingServiceApi messaging,
    TwilioAccount account,
    TwilioServiceBook book,
    IServiceScopeFactory scopes,
    IOptions<TwilioSettings> twilio,
    IOptions<SetupOptions> setup,
    IOptions<ProvisioningOptions> provisioning,
    TimeProvider clock)
{
    private const int MostTries = 5;

    /// <summary>
    /// Each number's own webhook gets its texts, and Twilio never picks a sender: the product names it (reference/twilio.md
    /// section 4).
    /// </summary>
    public static readonly MessagingServiceSettings Wanted = new()
    {
        UseInboundWebhookOnNumber = true,
        StickySender = false,
        AreaCodeGeomatch = false,
    };

    /// <summary>Whether a service works as it must.</summary>
    public static bool IsRight(MessagingService service) =>
        service is { UseInboundWebhookOnNumber: true, StickySender: false, AreaCodeGeomatch: false };

    /// <summary>The service that is there, as it is; none when there is none yet. Changes nothing.</summary>
    /// <exception cref="TwilioApiException">Twilio gave no usable answer.</exception>
    public async Task<MessagingService?> FindAsync(string? known, CancellationToken cancellationToken)
    {
        if (known is not null && await messaging.FetchServiceAsync(account, known, cancellationToken) is { } service)
        {
            return service;
        }

        return known == twilio.Value.MessagingServiceSid && known is not null
            ? null
            : await FindByNameAsync(cancellationToken);
    }

    /// <summary>The service, made or corrected where necessary, and stored where attaching reads it.</summary>
    /// <exception cref="SetupStoppedException">It cannot be had.</exception>
    /// <exception cref="TwilioApiException">Twilio gave no usable answer.</exception>
    public async Task<MessagingServiceFound> EnsureAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        var (known, _) = await book.ReadAsync(organisation, cancellationToken);
        await AwaitIntentAsync(organisation, cancellationToken);
        var found = await FindAsync(known, cancellationToken);
        if (found is null && twilio.Value.MessagingServiceSid is { } configured)
        {
            throw new SetupStoppedException(
                SetupEnd.Failed,
                $"The account has no Messaging Service {configured}: correct TWILIO_MESSAGING_SERVICE_SID, or remove it and one is made.");
        }

        var service = found ?? await CreateAsync(organisation, cancellationToken);
        var isRight = IsRight(service);
        if (!isRight)
        {
            service = await messaging.UpdateServiceAsync(account, service.Sid, Wanted, cancellationToken);
        }

        if (twilio.Value.MessagingServiceSid is null)
        {
            await book.StoreAsync(organisation, service.Sid, null, cancellationToken);
        }

        await ForgetIntentAsync(organisation, cancellationToken);
        return new MessagingServiceFound(service, found is null, found is not null && !isRight);
    }

    // The oldest, should there be more: everybody who looks takes the same.
    private async Task<MessagingService?> FindByNameAsync(CancellationToken cancellationToken)
    {
        var named = await messaging.ListServicesAsync(account, cancellationToken)
            .Where(service => service.FriendlyName == setup.Value.MessagingServiceName)
            .ToListAsync(cancellationToken);
        return named.LastOrDefault();
    }

    private async Task<MessagingService> CreateAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        var settings = Wanted with { FriendlyName = setup.Value.MessagingServiceName };
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            await WriteIntentAsync(organisation, cancellationToken);

            // Not cancelled by Ctrl-C: it is ended by its own time limit, and what came of it is known then.
            switch (await messaging.CreateServiceAsync(account, settings, CancellationToken.None))
            {
                case MessagingServiceOutcome.Created(var service):
                    return service;
                case MessagingServiceOutcome.Refused(var error):
                    await ForgetIntentAsync(organisation, cancellationToken);
                    throw new SetupStoppedException(SetupEnd.Failed, $"Twilio refuses to make a Messaging Service ({error}).");
                case MessagingServiceOutcome.RateLimited(var wait, _):
                    await Task.Delay(wait, clock, cancellationToken);
                    break;
                case MessagingServiceOutcome.NotSent:
                    await Task.Delay(provisioning.Value.RetryDelay, clock, cancellationToken);
                    break;
                case MessagingServiceOutcome.Unknown:
                    await AwaitIntentAsync(organisation, cancellationToken);
                    if (await FindByNameAsync(cancellationToken) is { } made)
                    {
                        return made;
                    }

                    break;
                default:
                    throw new UnreachableException();
            }
        }

        throw new SetupStoppedException(
            SetupEnd.Waits, "Twilio does not answer when asked for a Messaging Service. Run setup again later.");
    }

    private async Task WriteIntentAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NumberDbContext>().Database.ExecuteSqlAsync(
            $"""
            INSERT INTO numbers.setup_intents (organisation_id, kind, asked_at)
            VALUES ({organisation.Value}, {SetupIntent.MessagingService}, {now})
            ON CONFLICT (organisation_id, kind) DO UPDATE SET asked_at = excluded.asked_at
            """,
            cancellationToken);
    }

    /// <summary>Waits until a service that may be being created must be listed.</summary>
    private async Task AwaitIntentAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var intent = await scope.ServiceProvider.GetRequiredService<NumberDbContext>().Set<SetupIntent>()
            .AsNoTracking()
            .SingleOrDefaultAsync(
                asked => asked.OrganisationId == organisation && asked.Kind == SetupIntent.MessagingService,
                cancellationToken);
        if (intent is null)
        {
            return;
        }

        var left = intent.AskedAt + provisioning.Value.SettleTime - clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, clock, cancellationToken);
        }
    }

    private async Task ForgetIntentAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NumberDbContext>().Set<SetupIntent>()
            .Where(intent => intent.OrganisationId == organisation && intent.Kind == SetupIntent.MessagingService)
            .ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>The Messaging Service, and what was done to it.</summary>
/// <param name="Service">The service.</param>
/// <param name="IsNew">Whether it was made just now.</param>
/// <param name="IsCorrected">Whether its settings were changed.</param>
internal sealed record MessagingServiceFound(MessagingService Service, bool IsNew, bool IsCorrected);
