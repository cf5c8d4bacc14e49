using System.Numerics;

namespace ScFm.Model.Files.PyTorch;

/// <summary>
/// Reads the values of a pickle. Nothing that the pickle names is ever looked up or run: what it may call is in <see cref="PickleGlobals"/>,
/// anything else is an error that says its name.
/// </summary>
/// <remarks>Source: Python's documentation of pickle and pickletools, protocols 2 to 5.</remarks>
/// <param name="input">The pickle.</param>
/// <param name="persistent">Gives what a persistent id stands for: in a checkpoint, a storage.</param>
internal sealed class PickleMachine(PickleInput input, Func<object?, object?> persistent)
{
    private readonly PickleStack stack = new();
    private readonly Dictionary<uint, object?> memo = [];

    // A call copies its arguments; the memo would let a short pickle ask for long copies again and again.
    private long copies = (4 * input.Length) + (1 << 16);

    /// <summary>Reads one pickle, up to its stop.</summary>
    /// <exception cref="InvalidDataException">The pickle is cut, malformed, or calls what is not allowed; the message is a phrase that follows the file's name.</exception>
    public object? Run()
    {
        while (true)
        {
            var code = (PickleOpcode)input.Byte();
            if (code == PickleOpcode.Stop)
            {
                return stack.HoldsOne ? NumpyArray.Settled(stack.Pop()) : throw new InvalidDataException("its pickle stops with other than one value");
            }
            Step(code);
        }
    }

    private void Step(PickleOpcode code)
    {
        switch (code)
        {
            case PickleOpcode.Proto: RequireProtocol(input.Byte()); break;
            case PickleOpcode.Frame: input.Int64(); break;
            case PickleOpcode.None: stack.Push(null); break;
            case PickleOpcode.NewTrue: stack.Push(true); break;
            case PickleOpcode.NewFalse: stack.Push(false); break;
            case PickleOpcode.BinInt: stack.Push((long)input.Int32()); break;
            case PickleOpcode.BinInt1: stack.Push((long)input.Byte()); break;
            case PickleOpcode.BinInt2: stack.Push((long)input.UInt16()); break;
            case PickleOpcode.Long1: stack.Push(Whole(input.Bytes(input.Byte()))); break;
            case PickleOpcode.Long4: stack.Push(Whole(input.Bytes(input.Int32()))); break;
            case PickleOpcode.BinFloat: stack.Push(input.BigEndianDouble()); break;
            case PickleOpcode.ShortBinString or PickleOpcode.ShortBinUnicode: stack.Push(input.Text(input.Byte())); break;
            case PickleOpcode.BinString or PickleOpcode.BinUnicode: stack.Push(input.Text((uint)input.Int32())); break;
            case PickleOpcode.BinUnicode8: stack.Push(input.Text(input.Int64())); break;
            case PickleOpcode.ShortBinBytes: stack.Push(input.Bytes(input.Byte())); break;
            case PickleOpcode.BinBytes: stack.Push(input.Bytes((uint)input.Int32())); break;
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8: stack.Push(input.Bytes(input.Int64())); break;
            case PickleOpcode.EmptyDict: stack.Push(new PythonDictionary()); break;
            case PickleOpcode.EmptyList: stack.Push(new List<object?>()); break;
            case PickleOpcode.EmptySet: stack.Push(new HashSet<object?>(PickleHash.Instance)); break;
            case PickleOpcode.EmptyTuple: stack.Push(Array.Empty<object?>()); break;
            case PickleOpcode.Tuple1: stack.Push(Settled(stack.Pop(1))); break;
            case PickleOpcode.Tuple2: stack.Push(Settled(stack.Pop(2))); break;
            case PickleOpcode.Tuple3: stack.Push(Settled(stack.Pop(3))); break;
            case PickleOpcode.Tuple: stack.Push(Settled(stack.PopMark())); break;
            case PickleOpcode.FrozenSet: stack.Push(new HashSet<object?>(Settled(stack.PopMark()), PickleHash.Instance)); break;
            case PickleOpcode.Mark: stack.Mark(); break;
            case PickleOpcode.Pop: stack.Pop(); break;
            case PickleOpcode.PopMark: stack.PopMark(); break;
            case PickleOpcode.Dup: stack.Push(stack.Top); break;
            case PickleOpcode.Append: Extend(stack.Pop(1)); break;
            case PickleOpcode.Appends or PickleOpcode.AddItems: Extend(stack.PopMark()); break;
            case PickleOpcode.SetItem: SetItems(stack.Pop(2)); break;
            case PickleOpcode.SetItems: SetItems(stack.PopMark()); break;
            case PickleOpcode.BinPut: memo[input.Byte()] = stack.Top; break;
            case PickleOpcode.LongBinPut: memo[(uint)input.Int32()] = stack.Top; break;
            case PickleOpcode.Memoize: memo[(uint)memo.Count] = stack.Top; break;
            case PickleOpcode.BinGet: Recall(input.Byte()); break;
            case PickleOpcode.LongBinGet: Recall((uint)input.Int32()); break;
            case PickleOpcode.Global: stack.Push(PickleGlobals.Find(input.Line(), input.Line())); break;
            case PickleOpcode.StackGlobal: StackGlobal(stack.Pop(2)); break;
            case PickleOpcode.Reduce or PickleOpcode.NewObj: Call(stack.Pop(2)); break;
            case PickleOpcode.Build: Build(stack.Pop()); break;
            case PickleOpcode.BinPersId: stack.Push(persistent(stack.Pop())); break;
            default: throw new InvalidDataException($"its pickle has the byte 0x{(byte)code:X2} at {input.Position - 1}; expected an instruction of protocol 2 to 5 that makes values");
        }
    }

    private static void RequireProtocol(byte protocol)
    {
        if (protocol is < 2 or > 5)
        {
            throw new InvalidDataException($"its pickle is of protocol {protocol}; expected 2 to 5");
        }
    }

    private static object Whole(byte[] bytes)
    {
        var value = bytes.Length <= 255 ? new BigInteger(bytes) : throw new InvalidDataException($"its pickle has a number of {bytes.Length} bytes; expected at most 255");
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    private static object?[] Settled(object?[] values) => Array.ConvertAll(values, NumpyArray.Settled);

    private void Recall(uint place) =>
        stack.Push(memo.TryGetValue(place, out var value) ? value : throw new InvalidDataException($"its pickle recalls value {place}, which it did not store"));

    private void Extend(object?[] values)
    {
        switch (stack.Top)
        {
            case List<object?> list:
                list.AddRange(Settled(values));
                break;
            case HashSet<object?> set:
                set.UnionWith(Settled(values));
                break;
            default:
                throw new InvalidDataException($"its pickle adds to {PickleValue.Name(stack.Top)}; expected a list or a set");
        }
    }

    private void SetItems(object?[] items)
    {
        var dictionary = PickleValue.As<PythonDictionary>(stack.Top, "what items are set in");
        if (items.Length % 2 != 0)
        {
            throw new InvalidDataException("its pickle sets a key without a value");
        }
        for (var i = 0; i < items.Length; i += 2)
        {
            dictionary.Set(items[i], NumpyArray.Settled(items[i + 1]));
        }
    }

    private void StackGlobal(object?[] names) =>
        stack.Push(PickleGlobals.Find(PickleValue.As<string>(names[0], "a module"), PickleValue.As<string>(names[1], "a name")));

    private void Call(object?[] call)
    {
        var (function, arguments) = (PickleValue.As<PickleGlobal>(call[0], "what is called"), PickleValue.As<object?[]>(call[1], "arguments"));
        copies -= arguments.Sum(PickleValue.Length);
        if (copies < 0)
        {
            throw new InvalidDataException($"its pickle of {input.Length} bytes asks {function.Name} for many times as much; expected values that stand in the file");
        }
        stack.Push(function.Call(arguments));
    }

    private void Build(object? state)
    {
        switch (stack.Top)
        {
            case PythonDictionary: // attributes such as _metadata of a state dict are not part of its items
                break;
            case NumpyArray array:
                array.Fill(state);
                break;
            case TensorType type:
                NumpyArray.RequireLittleEndian(type, state);
                break;
            default:
                throw new InvalidDataException($"its pickle gives a state to {PickleValue.Name(stack.Top)}; expected a dict or an array");
        }
    }
}
