;; Finds words in the texts of many rows, 16 bytes at a time. `node scripts/textScan.ts` compiles it into textScanBytes.ts.
;;
;; A row is `id NUL name NUL description LF`, UTF-8 in lower case. The rows stand one behind the other, with a LF before
;; the first and at least 32 bytes behind the last. The word stands at 0.
(module
  (import "host" "memory" (memory 1))

  ;; Clears the bits of rows that do not have the word.
  ;; starts: where each row begins, and where the last one ends, 32 bits each
  ;; marks: a bit for each row that is searched, in words of 32 bits; count: of these words
  ;; length: of the word in bytes, at least 1
  ;; rule: how it is found: 0 anywhere, 1 as a short number, 2 as a whole word
  ;; withId: whether the id is searched; until: 0 the line's end, 1 the name's end, 2 the id's end
  ;; first, second: places of two bytes of the word that are compared before the others
  (func (export "mark")
    (param $starts i32) (param $marks i32) (param $count i32)
    (param $length i32) (param $rule i32) (param $withId i32) (param $until i32)
    (param $first i32) (param $second i32)
    (local $row i32) (local $at i32) (local $end i32) (local $marksEnd i32) (local $marked i32) (local $found i32)
    (local $firstByte v128) (local $secondByte v128)
    (local.set $firstByte (i8x16.splat (i32.load8_u (local.get $first))))
    (local.set $secondByte (i8x16.splat (i32.load8_u (local.get $second))))
    (local.set $marksEnd (i32.add (local.get $marks) (i32.shl (local.get $count) (i32.const 2))))
    (loop $words
      (if (i32.lt_u (local.get $marks) (local.get $marksEnd))
        (then
          (local.set $marked (i32.load (local.get $marks)))
          (local.set $found (local.get $marked))
          (loop $rows
            (if (local.get $marked)
              (then
                (local.set $row
                  (i32.add (local.get $starts) (i32.shl (i32.ctz (local.get $marked)) (i32.const 2))))
                (local.set $at (i32.load (local.get $row)))
                (local.set $end (i32.sub (i32.load offset=4 (local.get $row)) (i32.const 1)))
                (if (i32.eq (local.get $until) (i32.const 2))
                  (then (local.set $end (call $separator (local.get $at)))))
                (if (i32.eqz (local.get $withId))
                  (then (local.set $at (i32.add (call $separator (local.get $at)) (i32.const 1)))))
                (if (i32.eq (local.get $until) (i32.const 1))
                  (then
                    (local.set $end
                      (call $separator
                        (select
                          (i32.add (call $separator (local.get $at)) (i32.const 1))
                          (local.get $at)
                          (local.get $withId))))))
                (if
                  (i32.eqz
                    (call $has
                      (local.get $at) (i32.sub (local.get $end) (local.get $length)) (local.get $length)
                      (local.get $rule) (local.get $first) (local.get $second)
                      (local.get $firstByte) (local.get $secondByte)))
                  (then
                    (local.set $found
                      (i32.xor
                        (local.get $found)
                        (i32.and (local.get $marked) (i32.sub (i32.const 0) (local.get $marked)))))))
                (local.set $marked (i32.and (local.get $marked) (i32.sub (local.get $marked) (i32.const 1))))
                (br $rows))))
          (i32.store (local.get $marks) (local.get $found))
          (local.set $marks (i32.add (local.get $marks) (i32.const 4)))
          (local.set $starts (i32.add (local.get $starts) (i32.const 128)))
          (br $words)))))

  ;; Writes where each of the lines between two places begins, but for the first one, to `starts`; returns their number.
  (func (export "lines") (param $at i32) (param $end i32) (param $starts i32) (result i32)
    (local $hits i32) (local $place i32)
    (local.set $place (local.get $starts))
    (loop $chunks
      (if (i32.lt_u (local.get $at) (local.get $end))
        (then
          (local.set $hits (i8x16.bitmask (i8x16.eq (v128.load align=1 (local.get $at)) (i8x16.splat (i32.const 10)))))
          (loop $ends
            (if (local.get $hits)
              (then
                (if (i32.lt_u (i32.add (local.get $at) (i32.ctz (local.get $hits))) (local.get $end))
                  (then
                    (i32.store
                      (local.get $place)
                      (i32.add (i32.add (local.get $at) (i32.ctz (local.get $hits))) (i32.const 1)))
                    (local.set $place (i32.add (local.get $place) (i32.const 4)))))
                (local.set $hits (i32.and (local.get $hits) (i32.sub (local.get $hits) (i32.const 1))))
                (br $ends))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br $chunks))))
    (i32.shr_u (i32.sub (local.get $place) (local.get $starts)) (i32.const 2)))

  ;; Whether the word is found at a place from `at` to `last`.
  (func $has
    (param $at i32) (param $last i32) (param $length i32) (param $rule i32)
    (param $first i32) (param $second i32) (param $firstByte v128) (param $secondByte v128)
    (result i32)
    (local $hits i32) (local $hit i32)
    (loop $chunks
      (if (i32.le_s (local.get $at) (local.get $last))
        (then
          (local.set $hits
            (i8x16.bitmask
              (v128.and
                (i8x16.eq (v128.load align=1 (i32.add (local.get $at) (local.get $first))) (local.get $firstByte))
                (i8x16.eq (v128.load align=1 (i32.add (local.get $at) (local.get $second))) (local.get $secondByte)))))
          (loop $places
            (if (local.get $hits)
              (then
                (local.set $hit (i32.add (local.get $at) (i32.ctz (local.get $hits))))
                (if (i32.gt_s (local.get $hit) (local.get $last))
                  (then (return (i32.const 0))))
                (if (call $stands (local.get $hit) (local.get $length))
                  (then
                    (if (call $counts (local.get $hit) (local.get $length) (local.get $rule))
                      (then (return (i32.const 1))))))
                (local.set $hits (i32.and (local.get $hits) (i32.sub (local.get $hits) (i32.const 1))))
                (br $places))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br $chunks))))
    (i32.const 0))

  ;; Whether the word's bytes stand at a place.
  (func $stands (param $at i32) (param $length i32) (result i32)
    (local $place i32)
    (loop $bytes
      (if (i32.ne (i32.load8_u (i32.add (local.get $at) (local.get $place))) (i32.load8_u (local.get $place)))
        (then (return (i32.const 0))))
      (local.set $place (i32.add (local.get $place) (i32.const 1)))
      (br_if $bytes (i32.lt_u (local.get $place) (local.get $length))))
    (i32.const 1))

  ;; Whether the place where the word stands counts by the rule; see src/core/searchWord.ts.
  (func $counts (param $at i32) (param $length i32) (param $rule i32) (result i32)
    (if (i32.eqz (local.get $rule))
      (then (return (i32.const 1))))
    (if (i32.eq (local.get $rule) (i32.const 1))
      (then (return (call $isShortNumber (local.get $at) (local.get $length)))))
    (call $isWhole (local.get $at) (local.get $length)))

  ;; `isFoundAt` of a short number.
  (func $isShortNumber (param $at i32) (param $length i32) (result i32)
    (local $end i32) (local $digits i32)
    (if (call $continuesNumber (local.get $at))
      (then (return (i32.const 0))))
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (loop $more
      (if (call $isDigit (i32.load8_u (local.get $end)))
        (then
          (local.set $end (i32.add (local.get $end) (i32.const 1)))
          (br $more))))
    (local.set $digits (i32.sub (local.get $end) (local.get $at)))
    (if (i32.eq (local.get $digits) (local.get $length))
      (then (return (i32.const 1))))
    (if (i32.gt_u (local.get $digits) (i32.const 4))
      (then (return (i32.const 0))))
    ;; Not 86, 64 and 386, whose digits stand here from the lowest byte on.
    (if (i32.eq (local.get $digits) (i32.const 2))
      (then
        (local.set $digits (i32.load16_u align=1 (local.get $at)))
        (return
          (i32.and
            (i32.ne (local.get $digits) (i32.const 0x3638))
            (i32.ne (local.get $digits) (i32.const 0x3436))))))
    (if (i32.eq (local.get $digits) (i32.const 3))
      (then
        (return
          (i32.ne
            (i32.and (i32.load align=1 (local.get $at)) (i32.const 0xffffff))
            (i32.const 0x363833)))))
    (i32.const 1))

  ;; `hasWholeWord` at one place.
  (func $isWhole (param $at i32) (param $length i32) (result i32)
    (if (call $isAlphanumeric (i32.load8_u (i32.sub (local.get $at) (i32.const 1))))
      (then (return (i32.const 0))))
    (if (call $isAlphanumeric (i32.load8_u (i32.add (local.get $at) (local.get $length))))
      (then (return (i32.const 0))))
    (if (call $isDigit (i32.load8_u (local.get $at)))
      (then (return (i32.eqz (call $continuesNumber (local.get $at))))))
    (i32.const 1))

  ;; Whether a number that stands at this place began before it.
  (func $continuesNumber (param $at i32) (result i32)
    (local $before i32)
    (local.set $before (i32.load8_u (i32.sub (local.get $at) (i32.const 1))))
    (if (call $isDigit (local.get $before))
      (then (return (i32.const 1))))
    (if (i32.eq (local.get $before) (i32.const 0x2e))
      (then (return (call $isDigit (i32.load8_u (i32.sub (local.get $at) (i32.const 2)))))))
    (i32.const 0))

  (func $isDigit (param $byte i32) (result i32)
    (i32.lt_u (i32.sub (local.get $byte) (i32.const 0x30)) (i32.const 10)))

  ;; Bytes beyond ASCII count as letters.
  (func $isAlphanumeric (param $byte i32) (result i32)
    (i32.or
      (i32.or
        (call $isDigit (local.get $byte))
        (i32.lt_u (i32.sub (local.get $byte) (i32.const 0x61)) (i32.const 26)))
      (i32.ge_u (local.get $byte) (i32.const 0x80))))

  ;; The first NUL from a place on.
  (func $separator (param $at i32) (result i32)
    (local $hits i32)
    (loop $chunks
      (local.set $hits (i8x16.bitmask (i8x16.eq (v128.load align=1 (local.get $at)) (v128.const i64x2 0 0))))
      (if (i32.eqz (local.get $hits))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br $chunks))))
    (i32.add (local.get $at) (i32.ctz (local.get $hits)))))
