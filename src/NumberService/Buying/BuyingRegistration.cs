using MassTransit;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.NumberService.Buying;

internal static class BuyingRegistration
{
    /// <summary>Adds the orders and the step that buys. No start when section <c>Numbers</c> is wrong.</summary>
    public static void AddBuying(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<BuyingOptions, BuyingOptionsValidator>(BuyingOptions.Section);
        builder.Services.AddScoped<NumberOrders>();
        builder.Services.AddSingleton<NumberSearch>();
        builder.Services.AddSingleton<CandidateWriter>();
        builder.Services.AddSingleton<PurchaseStep>();
    }

    public static void AddBuyingConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<BuyNumbersConsumer, BuyNumbersConsumerDefinition>();
}
