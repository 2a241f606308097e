using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>What the OpenAPI description says beyond the routes and the records.</summary>
internal static class ApiDescription
{
    private const string Scheme = "apiKey";

    /// <summary>Names the API and how to authenticate.</summary>
    public static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken token)
    {
        document.Info = new OpenApiInfo
        {
            Title = "PhoneMasking",
            Version = "v1",
            Description = "Puts sitters and clients in touch without either seeing the other's number. Send an API key as "
                + "`Authorization: Bearer pmk_…`. Lists are paged: pass a page's `next` as `after`. Refusals are problem "
                + "details (RFC 9457) with a stable `type`, the wrong `field` where there is one, and a `detail` that says what "
                + "would be right. Every POST may carry an `Idempotency-Key`: sent again, it has no second effect and gets the "
                + "same answer.",
        };

        // Relative to where this was read: the service does not know its address behind a proxy.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.AddComponent<IOpenApiSecurityScheme>(Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "pmk_…",
            Description = "The first key is printed by the command create-api-key.",
        });
        return Task.CompletedTask;
    }

    /// <summary>Says which scope an operation asks for.</summary>
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken token)
    {
        var scope = context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredScope>().LastOrDefault();
        if (scope is not null)
        {
            operation.Description = $"Needs a key with the scope `{scope.Name}`.";
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] },
            ];
        }

        return Task.CompletedTask;
    }

    /// <summary>Describes types that write themselves to JSON, and gives each request an example.</summary>
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken token)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(E164Number))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^\\+[1-9][0-9]{6,14}$";
            schema.Examples = [JsonValue.Create("+13035550142")!];
        }
        else if (IsId(type))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "uuid";
        }
        else if (RequestExamples.All.TryGetValue(type, out var example))
        {
            schema.Examples = [JsonNode.Parse(example)!];
        }

        return Task.CompletedTask;
    }

    private static bool IsId(Type type) => type.GetInterfaces().Any(implemented =>
        implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IId<>));
}
