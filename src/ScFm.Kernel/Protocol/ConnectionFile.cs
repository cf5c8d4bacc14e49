using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScFm.Kernel.Protocol;

/// <summary>The addresses and the key that a front end gives a kernel.</summary>
internal sealed record ConnectionFile
{
    [JsonPropertyName("transport")]
    public string Transport { get; init; } = "tcp";

    [JsonPropertyName("ip")]
    public string Ip { get; init; } = "127.0.0.1";

    [JsonPropertyName("shell_port")]
    public required int ShellPort { get; init; }

    [JsonPropertyName("iopub_port")]
    public required int IoPubPort { get; init; }

    [JsonPropertyName("stdin_port")]
    public required int StdinPort { get; init; }

    [JsonPropertyName("control_port")]
    public required int ControlPort { get; init; }

    [JsonPropertyName("hb_port")]
    public required int HeartbeatPort { get; init; }

    [JsonPropertyName("key")]
    public string Key { get; init; } = "";

    [JsonPropertyName("signature_scheme")]
    public string SignatureScheme { get; init; } = "hmac-sha256";

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is not a connection file, or asks for another signature than HMAC-SHA256.</exception>
    internal static ConnectionFile Read(string path)
    {
        ConnectionFile file;
        try
        {
            file = JsonSerializer.Deserialize<ConnectionFile>(File.ReadAllBytes(path))!;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is not a Jupyter connection file: {error.Message}", error);
        }

        return file.SignatureScheme == "hmac-sha256"
            ? file
            : throw new InvalidDataException($"{path} asks for the signature scheme '{file.SignatureScheme}'; this kernel signs with hmac-sha256.");
    }

    internal string Address(int port) => Transport == "ipc" ? $"ipc://{Ip}-{port}" : $"{Transport}://{Ip}:{port}";
}
