using Microsoft.Extensions.Options;
using PhoneMasking.ProxyGateway.OptOuts;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.ProxyGateway.Sending;

internal static class SendingRegistration
{
    /// <summary>Adds the only part of the product that sends texts.</summary>
    public static void AddSending(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<SendingOptions, SendingOptionsValidator>(SendingOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<SendingOptions>, LeaseValidator>();
        builder.Services.AddSingleton<OutboundSignal>();
        builder.Services.AddSingleton<UnreadableTexts>();
        builder.Services.AddSingleton<MovedReceivers>();
        builder.Services.AddSingleton<ClockSteps>();
        builder.Services.AddSingleton<OutboundClaims>();
        builder.Services.AddSingleton<ListedTexts>();
        builder.Services.AddSingleton<BlockedAccount>();
        builder.Services.AddSingleton<ProviderGate>();
        builder.Services.AddSingleton<OptOutRefusals>();
        builder.Services.AddSingleton<AttemptWriter>();
        builder.Services.AddSingleton<Standings>();
        builder.Services.AddSingleton<TextSender>();
        builder.Services.AddHostedService<OutboundDispatcher>();
    }
}
