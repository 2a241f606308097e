using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using PhoneMasking.ProxyGateway.Idempotency;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>
/// Gives every request and every answer of the description an example, written as the API itself writes it; describes the
/// words of enumerated parameters and the Idempotency-Key.
/// </summary>
internal sealed class OperationExamples(IOptions<JsonOptions> json) : IOpenApiOperationTransformer
{
    private const string CsvExample = "id,number,lifecycle,status\r\n019a0000-0000-7000-8000-000000000003,'+13035550131,reserved-active,ready\r\n";

    private static readonly Dictionary<int, (string Type, string Detail)> Problems = new()
    {
        [StatusCodes.Status400BadRequest] = ("invalid-request", "A field is wrong; errors names each."),
        [StatusCodes.Status401Unauthorized] = ("no-valid-key", "Send a key that is not revoked as Authorization: Bearer pmk_…."),
        [StatusCodes.Status403Forbidden] = ("missing-scope", "Use a key with the scope that the operation asks for."),
        [StatusCodes.Status404NotFound] = ("not-found", "There is nothing with this id in the key's organisation."),
        [StatusCodes.Status409Conflict] = ("not-possible-now", "The present state forbids it; nothing was changed."),
        [StatusCodes.Status413PayloadTooLarge] = ("too-large", "Send less at a time."),
        [StatusCodes.Status422UnprocessableEntity] =
            ("idempotency-key-reused", "Something else was asked for with this key before. Send the same body as then, or a new key."),
        [StatusCodes.Status429TooManyRequests] = ("too-many-requests", "Wait as Retry-After says."),
        [StatusCodes.Status503ServiceUnavailable] = ("service-away", "The service that keeps this did not answer in time. Try again."),
    };

    /// <inheritdoc/>
    public Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken)
    {
        if (IdempotencyFilter.AppliesTo(new EndpointMetadataCollection(context.Description.ActionDescriptor.EndpointMetadata)))
        {
            DescribeKey(operation);
        }

        DescribeWords(operation, context.Description);
        var body = context.Description.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source.Id == "Body")?.Type;
        if (body is not null && RequestExamples.All.TryGetValue(body, out var request))
        {
            foreach (var content in operation.RequestBody?.Content?.Values ?? [])
            {
                content.Example = JsonNode.Parse(request);
            }
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            var type = context.Description.SupportedResponseTypes
                .FirstOrDefault(answer => answer.StatusCode.ToString(CultureInfo.InvariantCulture) == status)?.Type;
            foreach (var (contentType, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                content.Example = ExampleOf(contentType, type, int.Parse(status, CultureInfo.InvariantCulture));
            }
        }

        return Task.CompletedTask;
    }

    private static void DescribeKey(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = IdempotencyKey.Header,
            In = ParameterLocation.Header,
            Description = "Sent again with the same body within 24 hours, the request has no second effect and gets the same answer "
                + $"with the header {IdempotencyFilter.ReplayedHeader}.",
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = IdempotencyKey.MaxLength,
                Examples = [JsonValue.Create("5b1f7a0e-3c2d-4e8a-9f60-7d1c2b3a4e5f")!],
            },
        });
        foreach (var status in (int[])[StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity])
        {
            // As the refusals that every operation has.
            operation.Responses?.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse
            {
                Description = ReasonPhrases.GetReasonPhrase(status),
                Content = operation.Responses["401"].Content?.ToDictionary(
                    content => content.Key, content => new OpenApiMediaType { Schema = content.Value.Schema }),
            });
        }
    }

    private static void DescribeWords(OpenApiOperation operation, Microsoft.AspNetCore.Mvc.ApiExplorer.ApiDescription description)
    {
        foreach (var parameter in description.ParameterDescriptions)
        {
            var type = parameter.ParameterDescriptor?.ParameterType ?? parameter.Type;
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (type.IsGenericType
                && type.GetGenericTypeDefinition() == typeof(Word<>)
                && operation.Parameters?.FirstOrDefault(one => one.Name == parameter.Name) is OpenApiParameter described)
            {
                described.Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Enum =
                    [
                        .. Enum.GetNames(type.GetGenericArguments()[0])
                            .Select(name => JsonValue.Create(JsonNamingPolicy.KebabCaseLower.ConvertName(name))),
                    ],
                };
            }
        }
    }

    private JsonNode? ExampleOf(string contentType, Type? type, int status)
    {
        if (contentType == Csv.ContentType)
        {
            return JsonValue.Create(CsvExample);
        }

        if (Problems.TryGetValue(status, out var problem))
        {
            return JsonSerializer.SerializeToNode(
                new ProblemDetails
                {
                    Status = status,
                    Type = ApiProblem.Urn + problem.Type,
                    Title = ReasonPhrases.GetReasonPhrase(status),
                    Detail = problem.Detail,
                },
                json.Value.SerializerOptions);
        }

        return type is not null && AnswerExamples.All.TryGetValue(type, out var example)
            ? JsonSerializer.SerializeToNode(example, type, json.Value.SerializerOptions)
            : null;
    }
}
