using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.ProxyGateway.Idempotency;

internal static class IdempotencyRegistration
{
    /// <summary>Adds what honours the Idempotency-Key of POSTs.</summary>
    public static void AddIdempotency(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<IdempotencyOptions, IdempotencyOptionsValidator>(IdempotencyOptions.Section);
        builder.Services.AddSingleton<AnswerStore>();
        builder.Services.AddHostedService<ExpiredAnswers>();
    }

    /// <summary>The endpoint's POST only reads: its answers are not kept.</summary>
    public static TBuilder ReadingOnly<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ReadsOnly());

    /// <summary>The endpoint's answer shows a secret this once: it is not kept.</summary>
    public static TBuilder ShowingASecret<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new HoldsSecret());
}
