using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace PhoneMasking.TwilioOpenApi;

/// <summary>
/// Twilio's own description of its REST API (OpenAPI 3.0), to hold requests and answers against. It lies beside the
/// repository, in ../shared/data/twilio-openapi, and a clone may well be without it.
/// </summary>
public sealed class OpenApiDescription
{
    /// <summary>The API of messages and numbers, api.twilio.com.</summary>
    public const string Api = "twilio_api_v2010.json";

    /// <summary>Messaging Services and campaigns, messaging.twilio.com. Brands are not described there.</summary>
    public const string Messaging = "twilio_messaging_v1.json";

    /// <summary>Proxy, proxy.twilio.com.</summary>
    public const string Proxy = "twilio_proxy_v1.json";

    private const string Folder = "shared/data/twilio-openapi";
    private const string RepositoryMark = "PhoneMasking.sln";

    private readonly JsonElement _root;
    private readonly SchemaCheck _schemas;

    private OpenApiDescription(JsonElement root)
    {
        _root = root;
        _schemas = new SchemaCheck(root);
    }

    /// <summary>Loads the description of <see cref="Api"/>.</summary>
    /// <param name="reason">Why it could not be loaded, fit for reporting a test as skipped.</param>
    /// <returns>The description, or null when it is not beside the repository.</returns>
    public static OpenApiDescription? TryLoad(out string reason) => TryLoad(Api, out reason);

    /// <summary>Loads a description.</summary>
    /// <param name="name">Which: <see cref="Api"/>, <see cref="Messaging"/> or <see cref="Proxy"/>.</param>
    /// <param name="reason">Why it could not be loaded, fit for reporting a test as skipped.</param>
    /// <returns>The description, or null when it is not beside the repository.</returns>
    public static OpenApiDescription? TryLoad(string name, out string reason)
    {
        reason = "";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, RepositoryMark)))
            {
                continue;
            }

            // A git worktree lies one folder deeper than a clone.
            foreach (var beside in (DirectoryInfo?[])[folder.Parent, folder.Parent?.Parent])
            {
                var file = Path.Combine(beside?.FullName ?? "", Folder, name);
                if (File.Exists(file))
                {
                    using var document = JsonDocument.Parse(File.ReadAllBytes(file));
                    return new OpenApiDescription(document.RootElement.Clone());
                }
            }
        }

        reason = $"Twilio's OpenAPI description is not beside the repository (../{Folder}/{name}).";
        return null;
    }

    /// <summary>
    /// Checks a request: that the operation exists, takes these parameters, and lacks none it requires.
    /// </summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, without a query.</param>
    /// <param name="parameters">What the query (GET, DELETE) or the form (POST) says, decoded.</param>
    /// <returns>What is wrong; nothing when all is well.</returns>
    public IReadOnlyList<string> CheckRequest(
        string method,
        string path,
        IEnumerable<KeyValuePair<string, string>> parameters)
    {
        if (!TryFindOperation(method, path, out var operation, out var template))
        {
            return [$"{method} {path}: no such operation"];
        }

        var problems = new List<string>();
        var declared = SchemaCheck.DeclaredParameters(operation);
        var given = parameters.ToLookup(parameter => parameter.Key, parameter => parameter.Value);
        foreach (var group in given)
        {
            if (!declared.TryGetValue(group.Key, out var parameter))
            {
                problems.Add($"{method} {template}: no parameter {group.Key}");
                continue;
            }

            problems.AddRange(_schemas.CheckText(parameter.Schema, [.. group], group.Key));
        }

        problems.AddRange(declared
            .Where(parameter => parameter.Value.IsRequired && !given.Contains(parameter.Key))
            .Select(parameter => $"{method} {template}: parameter {parameter.Key} is missing"));
        problems.AddRange(CheckPath(operation, template, path));
        return problems;
    }

    /// <summary>
    /// Checks an answer: that the operation answers with this status, and that the body has every described property
    /// and no other, each of its type, format and set of words.
    /// </summary>
    /// <param name="method">The request's HTTP method.</param>
    /// <param name="path">The request's path, without a query.</param>
    /// <param name="status">The answer's status; only successes are described.</param>
    /// <param name="body">The answer's body, or null when it has none.</param>
    /// <returns>What is wrong; nothing when all is well.</returns>
    public IReadOnlyList<string> CheckResponse(string method, string path, int status, JsonElement? body)
    {
        if (!TryFindOperation(method, path, out var operation, out var template))
        {
            return [$"{method} {path}: no such operation"];
        }

        var where = $"{method} {template} {status}";
        if (!operation.GetProperty("responses").TryGetProperty($"{status}", out var response))
        {
            return [$"{where}: no such answer"];
        }

        return (TryGetSchema(response, out var schema), body) switch
        {
            (false, null) => [],
            (false, _) => [$"{where}: a body where none is described"],
            (true, null) => [$"{where}: no body"],
            (true, { } json) => [.. _schemas.CheckJson(schema, json, "$").Select(problem => $"{where}: {problem}")],
        };
    }

    /// <summary>
    /// The names of the properties of an operation's successful answer; of a list, those of its items.
    /// </summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, without a query.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="list">The property that holds a list's items, or null for a single resource.</param>
    public IReadOnlySet<string> ResponseProperties(string method, string path, int status, string? list)
    {
        if (!TryFindOperation(method, path, out var operation, out _)
            || !operation.GetProperty("responses").TryGetProperty($"{status}", out var response)
            || !TryGetSchema(response, out var schema))
        {
            return new HashSet<string>();
        }

        schema = _schemas.Resolve(schema);
        if (list is not null)
        {
            schema = _schemas.Resolve(schema.GetProperty("properties").GetProperty(list).GetProperty("items"));
        }

        return schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).ToHashSet();
    }

    /// <summary>Twilio's own examples of successful answers, with the operation each belongs to.</summary>
    internal IEnumerable<(string Method, string Path, int Status, JsonElement Body)> Examples() =>
        from path in _root.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Value.ValueKind == JsonValueKind.Object && operation.Value.TryGetProperty("responses", out _)
        from response in operation.Value.GetProperty("responses").EnumerateObject()
        where response.Value.TryGetProperty("content", out _)
        from content in response.Value.GetProperty("content").EnumerateObject()
        where content.Value.TryGetProperty("examples", out _)
        from example in content.Value.GetProperty("examples").EnumerateObject()
        select (operation.Name, path.Name, int.Parse(response.Name, null), example.Value.GetProperty("value"));

    private static bool TryGetSchema(JsonElement response, out JsonElement schema)
    {
        schema = default;
        return response.TryGetProperty("content", out var content)
            && content.TryGetProperty("application/json", out var json)
            && json.TryGetProperty("schema", out schema);
    }

    private static bool Matches(string template, string[] segments)
    {
        var expected = template.Split('/');
        return expected.Length == segments.Length
            && expected.Zip(segments).All(pair => IsPlaceholder(pair.First, pair.Second) || pair.First == pair.Second);
    }

    private static bool IsPlaceholder(string expected, string given) =>
        expected is ['{', ..] && given.Length > 0 && (!expected.EndsWith(".json") || given.EndsWith(".json"));

    private bool TryFindOperation(
        string method,
        string path,
        out JsonElement operation,
        [NotNullWhen(true)] out string? template)
    {
        operation = default;
        var segments = path.Split('/');

        // A path spelled out goes before one with a placeholder in the same place.
        template = _root.GetProperty("paths").EnumerateObject()
            .Select(candidate => candidate.Name)
            .Where(candidate => Matches(candidate, segments))
            .MinBy(candidate => candidate.Count(character => character == '{'));
        return template is not null
            && _root.GetProperty("paths").GetProperty(template)
                .TryGetProperty(method.ToLowerInvariant(), out operation);
    }

    private List<string> CheckPath(JsonElement operation, string template, string path)
    {
        var problems = new List<string>();
        foreach (var (name, value) in template.Split('/').Zip(path.Split('/')))
        {
            if (name is ['{', ..] && SchemaCheck.PathParameter(operation, name[1..name.IndexOf('}')]) is { } schema)
            {
                var suffix = name[(name.IndexOf('}') + 1)..].Length;
                problems.AddRange(_schemas.CheckText(schema, [value[..^suffix]], name));
            }
        }

        return problems;
    }
}
