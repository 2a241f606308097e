using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Audit;
using PhoneMasking.ProxyGateway.Clients;
using PhoneMasking.ProxyGateway.DeadLetters;
using PhoneMasking.ProxyGateway.Failures;
using PhoneMasking.ProxyGateway.Idempotency;
using PhoneMasking.ProxyGateway.MessageLog;
using PhoneMasking.ProxyGateway.Monitors;
using PhoneMasking.ProxyGateway.Numbers;
using PhoneMasking.ProxyGateway.Organisations;
using PhoneMasking.ProxyGateway.Pool;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ProxyGateway.Sitters;
using PhoneMasking.ProxyGateway.Utilization;

namespace PhoneMasking.ProxyGateway.PublicApi;

internal static class ApiRegistration
{
    /// <summary>Adds the public API with its keys, validation and description.</summary>
    public static void AddPublicApi(this IHostApplicationBuilder builder)
    {
        builder.AddApiKeys();
        builder.AddIdempotency();
        builder.Services.AddScoped<OwningService>();
        builder.Services.AddScoped<ExportRecords>();
        builder.Services.AddExceptionHandler<RequestFaults>();
        builder.Services.Configure<ProblemDetailsOptions>(options => options.CustomizeProblemDetails = GiveStableType);

        // In every environment alike: RequestFaults says what is wrong with a request.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Converters.Add(
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)));
        builder.Services.AddValidation();
        builder.Services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer(ApiDescription.DescribeAsync);
            options.AddOperationTransformer(ApiDescription.DescribeAsync);
            options.AddSchemaTransformer(ApiDescription.DescribeAsync);
            options.AddOperationTransformer<OperationExamples>();
        });
    }

    /// <summary>Adds what the API asks of other services.</summary>
    public static void AddPublicApiRequests(this IBusRegistrationConfigurator bus)
    {
        bus.AddRequestClient<AddSitter>();
        bus.AddRequestClient<ReadSitter>();
        bus.AddRequestClient<RemoveSitter>();
        bus.AddRequestClient<AddClient>();
        bus.AddRequestClient<ReadClient>();
        bus.AddRequestClient<ChangeClient>();
        bus.AddRequestClient<ChangeSitter>();
        bus.AddRequestClient<ImportNumbers>();
        bus.AddRequestClient<ReadNumber>();
        bus.AddRequestClient<BuyNumbers>();
        bus.AddRequestClient<AttachNumber>();
        bus.AddRequestClient<VerifyNumber>();
        bus.AddRequestClient<AssignNumber>();
        bus.AddRequestClient<ReleaseNumber>();
        bus.AddRequestClient<RetireNumber>();
        bus.AddRequestClient<ReadPool>();
        bus.AddRequestClient<AllocateNumber>();
        bus.AddRequestClient<ReadUtilization>();
        bus.AddRequestClient<ListUtilization>();
        bus.AddRequestClient<RunMonitor>();
        bus.AddRequestClient<ListMonitorRuns>();
        bus.AddRequestClient<ListFailures>();
        bus.AddRequestClient<ListAudit>();
        bus.AddRequestClient<BeginAuditExport>();
        bus.AddRequestClient<ListDeadLetters>();
        bus.AddRequestClient<ReadDeadLetter>();
        bus.AddRequestClient<SendDeadLetterAgain>();
        bus.AddRequestClient<DiscardDeadLetter>();
    }

    /// <summary>Maps <c>/v1</c>, its description at <c>/openapi/v1.json</c> and the page to try it at <c>/docs</c>.</summary>
    public static void MapPublicApi(this WebApplication app)
    {
        app.UseApiKeys();
        app.UseDocsPage();
        app.MapOpenApi();

        // Who opens the gateway's address in a browser sees what it is.
        app.MapGet("/", () => TypedResults.Redirect(DocsPage.Path)).ExcludeFromDescription();

        var api = app.MapGroup("/v1")
            .RequireRateLimiting(ApiKeyRegistration.RateLimit)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.AddEndpointFilter<RouteGroupBuilder, IdempotencyFilter>();
        api.MapOrganisations();
        api.MapApiKeys();
        api.MapSitters();
        api.MapClients();
        api.MapNumbers();
        api.MapPool();
        api.MapUtilization();
        api.MapMonitors();
        api.MapSessions();
        api.MapMessages();
        api.MapFailures();
        api.MapAudit();
        api.MapDeadLetters();
    }

    private static void GiveStableType(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem is HttpValidationProblemDetails invalid)
        {
            invalid.Errors = invalid.Errors.ToDictionary(error => JsonNameOf(error.Key), error => error.Value);
        }

        if (problem.Type?.StartsWith(ApiProblem.Urn, StringComparison.Ordinal) == true)
        {
            return;
        }

        problem.Type = ApiProblem.Urn + problem.Status switch
        {
            StatusCodes.Status400BadRequest => "invalid-request",
            StatusCodes.Status404NotFound => "not-found",
            StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
            StatusCodes.Status413PayloadTooLarge => "too-large",
            StatusCodes.Status415UnsupportedMediaType => "not-json",
            _ => "fault",
        };
    }

    // Validation names the properties of our records; the caller knows the names in JSON.
    private static string JsonNameOf(string path) =>
        string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
